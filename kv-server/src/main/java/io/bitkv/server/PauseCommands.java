package io.bitkv.server;

import java.util.List;

/** The subcommands of CLIENT that let all clients' requests wait. */
final class PauseCommands {

  private static final String FLAGS = "admin noscript loading stale";

  /** Nobody waits longer than this: some 34 years. */
  private static final long MAX_MILLIS = 1L << 40;

  private PauseCommands() {}

  static List<Command> subcommands() {
    return List.of(PAUSE, UNPAUSE);
  }

  private static final Command PAUSE =
      Command.named("client|pause", -3, FLAGS, PauseCommands::pause)
          .docs(
              "connection",
              "2.9.50",
              "O(1)",
              "Lets requests wait for a while, all or those that write.",
              "timeout:integer [mode: WRITE | ALL]");

  private static void pause(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 4) {
      throw Errors.wrongSubcommand("CLIENT", arguments);
    }
    Pause.Mode mode = Pause.Mode.ALL;
    if (arguments.count() == 4 && arguments.is(3, "WRITE")) {
      mode = Pause.Mode.WRITE;
    } else if (arguments.count() == 4 && !arguments.is(3, "ALL")) {
      throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
    }
    call.server().pause().begin(mode, millis(arguments));
    call.reply().writeOk();
  }

  private static long millis(Arguments arguments) {
    long millis;
    try {
      millis = arguments.integer(2);
    } catch (CommandException e) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    if (millis < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    if (millis > MAX_MILLIS) {
      throw new CommandException("ERR timeout is out of range");
    }
    return millis;
  }

  private static final Command UNPAUSE =
      Command.named("client|unpause", 2, FLAGS, PauseCommands::unpause)
          .docs("connection", "6.2.0", "O(N) with N connections", "Lets requests go on.", "");

  private static void unpause(Call call) {
    call.server().pause().end();
    call.reply().writeOk();
  }
}
