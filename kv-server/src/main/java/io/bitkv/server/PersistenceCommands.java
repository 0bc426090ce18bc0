package io.bitkv.server;

import java.util.List;

/**
 * Commands about the log: SAVE, BGSAVE, LASTSAVE, BGREWRITEAOF, WAIT. All data is in it at all times,
 * so saving is a sync of it, and rewriting it is a merge.
 */
final class PersistenceCommands {

  private static final String FLAGS = "admin noscript no_async_loading";

  private PersistenceCommands() {}

  static List<Command> commands() {
    return List.of(SAVE, BGSAVE, LASTSAVE, BGREWRITEAOF, WAIT);
  }

  private static final Command SAVE =
      Command.named("save", 1, FLAGS + " no_multi", PersistenceCommands::save)
          .docs(
              "server",
              "1.0.0",
              "that of a sync",
              "Syncs everything, and answers once it is on stable storage.",
              "");

  private static void save(Call call) {
    call.server().saves().begin();
    call.requireDurable();
    call.reply().writeOk();
  }

  private static final Command BGSAVE =
      Command.named("bgsave", -1, FLAGS, PersistenceCommands::bgsave)
          .docs(
              "server",
              "1.0.0",
              "O(1)",
              "Syncs everything in the background.",
              "[SCHEDULE]");

  private static void bgsave(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 2 || (arguments.count() == 2 && !arguments.is(1, "SCHEDULE"))) {
      throw CommandException.SYNTAX;
    }
    call.server().saves().begin();
    call.reply().writeSimpleString("Background saving started");
  }

  private static final Command LASTSAVE =
      Command.named("lastsave", 1, "loading stale fast", PersistenceCommands::lastsave)
          .categories(CommandCategory.ADMIN, CommandCategory.DANGEROUS)
          .tips("nondeterministic_output")
          .docs(
              "server",
              "1.0.0",
              "O(1)",
              "Returns the Unix time of the last save that succeeded, or of the start.",
              "");

  private static void lastsave(Call call) {
    call.reply().writeInteger(call.server().saves().lastSeconds());
  }

  private static final Command BGREWRITEAOF =
      Command.named("bgrewriteaof", 1, FLAGS, PersistenceCommands::bgrewriteaof)
          .docs(
              "server",
              "1.0.0",
              "O(1)",
              "Merges in the background whatever gives back any byte of the log.",
              "");

  private static void bgrewriteaof(Call call) {
    if (!call.server().rewrites().begin()) {
      throw new CommandException(
          "ERR Background append only file rewriting already in progress");
    }
    call.reply().writeSimpleString("Background append only file rewriting started");
  }

  private static final Command WAIT =
      Command.named("wait", 3, "noscript", PersistenceCommands::await)
          .outsideGroup()
          .categories(CommandCategory.CONNECTION)
          .tips("request_policy:all_shards response_policy:agg_min")
          .docs(
              "generic",
              "3.0.0",
              "O(1)",
              "Returns how many replicas have the connection's writes: none, since there are none.",
              "numreplicas:integer timeout:integer");

  private static void await(Call call) {
    call.arguments().integer(1);
    long timeout;
    try {
      timeout = call.arguments().integer(2);
    } catch (CommandException e) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    if (timeout < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    call.reply().writeInteger(0);
  }
}
