package io.bitkv.server;

import io.bitkv.api.Keyspace;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Commands about the server as a whole: DBSIZE, FLUSHALL, INFO, TIME, SHUTDOWN. */
final class ServerCommands {

  private static final String FLUSH_SYNTAX = "[flush-type: ASYNC | SYNC]";

  private static final Command DBSIZE =
      Command.named(
              "dbsize", 1, "readonly fast", call -> call.reply().writeInteger(call.db().size()))
          .wholeStore()
          .categories(CommandCategory.KEYSPACE)
          .tips("request_policy:all_shards response_policy:agg_sum")
          .docs("server", "1.0.0", "O(1)", "Counts the keys of the database.", "");

  private ServerCommands() {}

  static List<Command> commands() {
    return List.of(DBSIZE, FLUSHDB, FLUSHALL, TIME, INFO, SHUTDOWN);
  }

  private static final Command FLUSHDB =
      Command.named("flushdb", -1, "write", ServerCommands::flushdb)
          .wholeStore()
          .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
          .tips("request_policy:all_shards response_policy:all_succeeded")
          .docs("server", "1.0.0", "O(1)", "Deletes all keys of the database.", FLUSH_SYNTAX);

  private static void flushdb(Call call) {
    checkFlushOptions(call.arguments());
    call.db().clear();
    call.reply().writeOk();
  }

  private static final Command FLUSHALL =
      Command.named("flushall", -1, "write", ServerCommands::flushall)
          .wholeStore()
          .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
          .tips("request_policy:all_shards response_policy:all_succeeded")
          .docs("server", "1.0.0", "O(1)", "Deletes all keys of all databases.", FLUSH_SYNTAX);

  private static void flushall(Call call) {
    checkFlushOptions(call.arguments());
    call.exclusively(
        store -> {
          for (int i = 0; i < call.server().databases().count(); i++) {
            Keyspace keyspace = call.server().databases().keyspace(i, store);
            if (keyspace.size() > 0) {
              keyspace.clear();
            }
          }
          return null;
        });
    call.reply().writeOk();
  }

  private static void checkFlushOptions(Arguments arguments) {
    boolean isKnown =
        arguments.count() == 2 && (arguments.is(1, "SYNC") || arguments.is(1, "ASYNC"));
    if (arguments.count() > 1 && !isKnown) {
      throw CommandException.SYNTAX;
    }
  }

  private static final Command TIME =
      Command.named("time", 1, "loading stale fast", ServerCommands::time)
          .tips("nondeterministic_output")
          .docs("server", "2.6.0", "O(1)", "Returns the server's time.", "");

  private static void time(Call call) {
    Instant now = call.server().clock().instant();
    call.reply().writeArrayHeader(2);
    call.reply().writeBulk(Long.toString(now.getEpochSecond()));
    call.reply().writeBulk(Long.toString(TimeUnit.NANOSECONDS.toMicros(now.getNano())));
  }

  private static final Command INFO =
      Command.named("info", -1, "loading stale", ServerCommands::info)
          .categories(CommandCategory.DANGEROUS)
          .tips("nondeterministic_output request_policy:all_shards response_policy:special")
          .docs("server", "1.0.0", "O(1)", "Returns the server's figures.", "[section...]");

  private static void info(Call call) {
    Set<String> sections = new HashSet<>();
    for (int i = 1; i < call.arguments().count(); i++) {
      sections.add(call.arguments().text(i).toLowerCase(Locale.ROOT));
    }
    call.reply().writeVerbatim("txt", new InfoReport(call.server(), sections).text());
  }

  private static final Command SHUTDOWN =
      Command.named(
              "shutdown",
              -1,
              "admin noscript loading stale no_multi allow_busy",
              ServerCommands::shutdown)
          .docs(
              "server",
              "1.0.0",
              "O(1)",
              "Syncs everything, closes the store and ends the server.",
              "[save-selector: NOSAVE | SAVE] [NOW] [FORCE] [ABORT]");

  /**
   * Reads an option. All but ABORT change nothing: all data is on disk already, so there is nothing
   * to save or not to, and there is no replica to wait for.
   */
  private static String shutdownOption(Arguments arguments, int index) {
    for (String option : List.of("SAVE", "NOSAVE", "NOW", "FORCE", "ABORT")) {
      if (arguments.is(index, option)) {
        return option;
      }
    }
    throw CommandException.SYNTAX;
  }

  private static void shutdown(Call call) {
    Arguments arguments = call.arguments();
    Set<String> options = new HashSet<>();
    for (int i = 1; i < arguments.count(); i++) {
      options.add(shutdownOption(arguments, i));
    }
    boolean isAbort = options.contains("ABORT");
    if ((isAbort && options.size() > 1) || options.containsAll(Set.of("SAVE", "NOSAVE"))) {
      throw CommandException.SYNTAX;
    }
    if (isAbort) {
      throw new CommandException("ERR No shutdown in progress.");
    }
    call.connection().end();
    call.server().requestStop();
  }
}
