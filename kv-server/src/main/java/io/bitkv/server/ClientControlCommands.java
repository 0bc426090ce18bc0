package io.bitkv.server;

import java.util.List;

/** The subcommands of CLIENT that change what becomes of a connection. */
final class ClientControlCommands {

  private static final String FLAGS = "noscript loading stale";

  private ClientControlCommands() {}

  static List<Command> subcommands() {
    return List.of(KILL, REPLY, NO_EVICT, UNBLOCK);
  }

  private static final Command KILL =
      Command.named("client|kill", -3, "admin " + FLAGS, ClientControlCommands::kill)
          .docs(
              "connection",
              "2.4.0",
              "O(N) with N connections",
              "Closes connections.",
              "(filter: old-address:string | [ID client-id:integer] [TYPE (client-type: NORMAL |"
                  + " MASTER | REPLICA | PUBSUB)] [USER username] [ADDR address] [LADDR address]"
                  + " [SKIPME (skip: YES | NO)])");

  private static void kill(Call call) {
    boolean isOldForm = call.arguments().count() == 3;
    ClientFilter filter =
        isOldForm
            ? ClientFilter.ofAddress(call.arguments().text(2))
            : ClientFilter.parse(call, 2);
    long killed = 0;
    for (Connection connection : call.server().clients().all()) {
      if (filter.test(connection, call.connection())) {
        killed++;
        close(call, connection);
      }
    }
    if (!isOldForm) {
      call.reply().writeInteger(killed);
    } else if (killed > 0) {
      call.reply().writeOk();
    } else {
      throw new CommandException("ERR No such client");
    }
  }

  private static void close(Call call, Connection connection) {
    if (connection == call.connection()) {
      connection.end();
    } else {
      connection.channel().close();
    }
  }

  private static final Command REPLY =
      Command.named("client|reply", 3, FLAGS, ClientControlCommands::reply)
          .docs(
              "connection",
              "3.2.0",
              "O(1)",
              "Says whether requests are to be answered.",
              "(action: ON | OFF | SKIP)");

  private static void reply(Call call) {
    if (call.arguments().is(2, "ON")) {
      call.connection().replyMode(ReplyMode.ON);
      call.reply().writeOk();
    } else if (call.arguments().is(2, "OFF")) {
      call.connection().replyMode(ReplyMode.OFF);
    } else if (call.arguments().is(2, "SKIP")) {
      if (call.connection().replyMode() != ReplyMode.OFF) {
        call.connection().replyMode(ReplyMode.SKIP_NEXT);
      }
    } else {
      throw CommandException.SYNTAX;
    }
  }

  private static final Command NO_EVICT =
      Command.named("client|no-evict", 3, "admin " + FLAGS, ClientControlCommands::noEvict)
          .docs(
              "connection",
              "7.0.0",
              "O(1)",
              "Marks the connection as one that is not closed to save memory; none is.",
              "(enabled: ON | OFF)");

  private static void noEvict(Call call) {
    boolean isOn = call.arguments().is(2, "ON");
    if (!isOn && !call.arguments().is(2, "OFF")) {
      throw CommandException.SYNTAX;
    }
    call.connection().noEvict(isOn);
    call.reply().writeOk();
  }

  private static final Command UNBLOCK =
      Command.named("client|unblock", -3, "admin " + FLAGS, ClientControlCommands::unblock)
          .docs(
              "connection",
              "5.0.0",
              "O(1)",
              "Ends what keeps a connection waiting; no command here does.",
              "client-id:integer [unblock-type: TIMEOUT | ERROR]");

  private static void unblock(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 4) {
      throw Errors.wrongSubcommand("CLIENT", arguments);
    }
    if (arguments.count() == 4 && !arguments.is(3, "TIMEOUT") && !arguments.is(3, "ERROR")) {
      throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    arguments.integer(2);
    call.reply().writeInteger(0);
  }
}
