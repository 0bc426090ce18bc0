package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.List;

/** Commands that show what the server is doing: MONITOR and SLOWLOG. */
final class DiagnosticCommands {

  private static final String FLAGS = "admin loading stale";
  private static final long USUAL_COUNT = 10;

  private static final Command LEN =
      Command.named(
              "slowlog|len",
              2,
              FLAGS,
              call -> call.reply().writeInteger(call.server().slowlog().size()))
          .tips("request_policy:all_nodes response_policy:agg_sum nondeterministic_output")
          .docs("server", "2.2.12", "O(1)", "Counts the entries of the slow log.", "");

  private DiagnosticCommands() {}

  static List<Command> commands() {
    return List.of(
        MONITOR,
        Command.container("slowlog", GET, LEN, RESET, HELP)
            .docs(
                "server",
                "2.2.12",
                "that of the subcommand",
                "Holds the commands about slow requests.",
                ""));
  }

  private static final Command MONITOR =
      Command.named("monitor", 1, "admin noscript loading stale", DiagnosticCommands::monitor)
          .docs("server", "1.0.0", "O(1)", "Shows every request that is carried out from now on.", "");

  private static void monitor(Call call) {
    if (call.isInTransaction()) {
      throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
    }
    call.server().monitors().add(call.connection());
    call.reply().writeOk();
  }

  private static final Command GET =
      Command.named("slowlog|get", -2, FLAGS, DiagnosticCommands::get)
          .tips("request_policy:all_nodes nondeterministic_output")
          .docs(
              "server",
              "2.2.12",
              "O(N) with N entries",
              "Returns the newest entries of the slow log.",
              "[count]");

  private static void get(Call call) {
    if (call.arguments().count() > 3) {
      throw Errors.wrongSubcommand("SLOWLOG", call.arguments());
    }
    long count = call.arguments().count() == 3 ? count(call.arguments()) : USUAL_COUNT;
    List<Slowlog.Entry> entries = call.server().slowlog().newest(count);
    call.reply().writeArrayHeader(entries.size());
    entries.forEach(entry -> reply(call.reply(), entry));
  }

  private static long count(Arguments arguments) {
    try {
      long count = arguments.integer(2);
      if (count >= -1) {
        return count == -1 ? Long.MAX_VALUE : count;
      }
    } catch (CommandException e) {
      // The error below says what is wanted.
    }
    throw new CommandException("ERR count should be greater than or equal to -1");
  }

  private static void reply(ReplyWriter reply, Slowlog.Entry entry) {
    reply.writeArrayHeader(6);
    reply.writeInteger(entry.id());
    reply.writeInteger(entry.unixSeconds());
    reply.writeInteger(entry.micros());
    reply.writeArrayHeader(entry.arguments().size());
    entry.arguments().forEach(reply::writeBulk);
    reply.writeBulk(entry.address());
    reply.writeBulk(entry.clientName());
  }

  private static final Command RESET =
      Command.named("slowlog|reset", 2, FLAGS, DiagnosticCommands::reset)
          .tips("request_policy:all_nodes response_policy:all_succeeded")
          .docs("server", "2.2.12", "O(N) with N entries", "Empties the slow log.", "");

  private static void reset(Call call) {
    call.server().slowlog().clear();
    call.reply().writeOk();
  }

  private static final Command HELP =
      Command.named("slowlog|help", 2, "loading stale", DiagnosticCommands::help)
          .docs("server", "6.2.0", "O(1)", "Lists the subcommands of SLOWLOG.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "GET [<count>]",
        "    Returns the newest <count> entries, 10 if nothing is said, all for -1: number, Unix",
        "    time, microseconds, arguments, client address, client name.",
        "LEN",
        "    Returns how many entries there are.",
        "RESET",
        "    Empties the slow log.");
  }
}
