package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.List;

/** WAITAOF: waits until what was written is on stable storage. */
final class DurabilityCommands {

  private DurabilityCommands() {}

  static List<Command> commands() {
    return List.of(WAITAOF);
  }

  private static final Command WAITAOF =
      Command.named("waitaof", 4, "noscript", DurabilityCommands::waitAof)
          .categories(CommandCategory.CONNECTION)
          .tips("request_policy:all_shards response_policy:agg_min")
          .docs(
              "generic",
              "7.2.0",
              "O(1)",
              "Waits until all writes so far are on stable storage, whatever the sync policy.",
              "numlocal:integer numreplicas:integer timeout:integer");

  private static void waitAof(Call call) {
    long local = call.arguments().integer(1);
    if (local < 0 || local > 1) {
      throw new CommandException("ERR value is out of range, must be between 0 and 1");
    }
    if (call.arguments().integer(2) < 0) {
      throw new CommandException("ERR value is out of range, must be positive");
    }
    if (call.arguments().integer(3) < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    if (local == 1) {
      call.requireDurable();
    }
    ReplyWriter reply = call.reply();
    reply.writeArrayHeader(2);
    reply.writeInteger(local == 1 || isDurable(call) ? 1 : 0);
    // There are no replicas.
    reply.writeInteger(0);
  }

  private static boolean isDurable(Call call) {
    return call.server().store().durableSequence() >= call.server().store().lastSequence();
  }
}
