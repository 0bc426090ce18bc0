package io.bitkv.server;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** CLIENT: who is connected, and what a client tells about itself. */
final class ClientCommands {

  private static final String FLAGS = "noscript loading stale";

  private static final Command ID =
      Command.named(
              "client|id", 2, FLAGS, call -> call.reply().writeInteger(call.connection().id()))
          .docs("connection", "5.0.0", "O(1)", "Returns the connection's number.", "");

  private ClientCommands() {}

  static List<Command> commands() {
    return List.of(
        Command.container("client", subcommands())
            .docs(
                "connection",
                "2.4.0",
                "that of the subcommand",
                "Holds the commands about connections.",
                ""));
  }

  private static Command[] subcommands() {
    List<Command> own = List.of(ID, SETNAME, GETNAME, SETINFO, INFO, LIST, HELP);
    return Stream.of(own, ClientControlCommands.subcommands(), TrackingCommands.subcommands(), PauseCommands.subcommands())
        .flatMap(List::stream)
        .toArray(Command[]::new);
  }

  /**
   * Checks a name that shows in CLIENT LIST, where a blank would end it.
   *
   * @param what what the name is of, for the message
   * @throws CommandException if it has other characters than visible ASCII ones
   */
  static String checkedName(String name, String what) {
    if (!name.chars().allMatch(c -> c >= '!' && c <= '~')) {
      throw new CommandException(
          "ERR " + what + " cannot contain spaces, newlines or special characters.");
    }
    return name;
  }

  private static final Command SETNAME =
      Command.named("client|setname", 3, FLAGS, ClientCommands::setname)
          .docs("connection", "2.6.9", "O(1)", "Names the connection.", "connection-name");

  private static void setname(Call call) {
    call.connection().name(checkedName(call.arguments().text(2), "Client names"));
    call.reply().writeOk();
  }

  private static final Command GETNAME =
      Command.named("client|getname", 2, FLAGS, ClientCommands::getname)
          .docs("connection", "2.6.9", "O(1)", "Returns the connection's name.", "");

  private static void getname(Call call) {
    if (call.connection().name().isEmpty()) {
      call.reply().writeNull();
    } else {
      call.reply().writeBulk(call.connection().name());
    }
  }

  private static final Command SETINFO =
      Command.named("client|setinfo", 4, FLAGS, ClientCommands::setinfo)
          .docs(
              "connection",
              "7.2.0",
              "O(1)",
              "Tells which client library the connection is made by.",
              "[attribute: LIB-NAME libname | LIB-VER libver]");

  private static void setinfo(Call call) {
    String value = call.arguments().text(3);
    if (call.arguments().is(2, "LIB-NAME")) {
      call.connection().libraryName(checkedName(value, "lib-name"));
    } else if (call.arguments().is(2, "LIB-VER")) {
      call.connection().libraryVersion(checkedName(value, "lib-ver"));
    } else {
      throw new CommandException("ERR Unrecognized option '" + call.arguments().text(2, 128) + "'");
    }
    call.reply().writeOk();
  }

  private static final Command INFO =
      Command.named("client|info", 2, FLAGS, ClientCommands::info)
          .tips("nondeterministic_output")
          .docs("connection", "6.2.0", "O(1)", "Describes the connection.", "");

  private static void info(Call call) {
    call.reply().writeVerbatim("txt", ClientDescription.of(call.connection()) + "\n");
  }

  private static final Command LIST =
      Command.named("client|list", -2, "admin " + FLAGS, ClientCommands::list)
          .tips("nondeterministic_output")
          .docs(
              "connection",
              "2.4.0",
              "O(N) with N connections",
              "Describes all connections, or some.",
              "[TYPE (client-type: NORMAL | MASTER | REPLICA | PUBSUB)] [ID"
                  + " client-id:integer...]");

  private static void list(Call call) {
    Predicate<Connection> isWanted = filter(call.arguments());
    StringBuilder text = new StringBuilder();
    for (Connection connection : call.server().clients().all()) {
      if (isWanted.test(connection)) {
        text.append(ClientDescription.of(connection)).append('\n');
      }
    }
    call.reply().writeVerbatim("txt", text.toString());
  }

  private static Predicate<Connection> filter(Arguments arguments) {
    if (arguments.count() == 2) {
      return connection -> true;
    }
    if (arguments.count() == 4 && arguments.is(2, "TYPE")) {
      return ClientFilter.ofType(arguments.text(3));
    }
    if (arguments.count() < 4 || !arguments.is(2, "ID")) {
      throw CommandException.SYNTAX;
    }
    Set<Long> ids = new TreeSet<>();
    for (int i = 3; i < arguments.count(); i++) {
      ids.add(id(arguments, i));
    }
    return connection -> ids.contains(connection.id());
  }

  private static long id(Arguments arguments, int index) {
    try {
      long id = arguments.integer(index);
      if (id > 0) {
        return id;
      }
    } catch (CommandException e) {
      // The error below names what is wrong better.
    }
    throw new CommandException("ERR Invalid client ID");
  }

  private static final Command HELP =
      Command.named("client|help", 2, "loading stale", ClientCommands::help)
          .docs("connection", "5.0.0", "O(1)", "Lists the subcommands of CLIENT.", "");

  private static void help(Call call) {
    Help.reply(
        call,
        "CACHING (YES|NO)",
        "    Says whether what the next request reads is tracked.",
        "GETNAME",
        "    Returns the name of this connection.",
        "GETREDIR",
        "    Returns which connection is told of changed keys in place of this one.",
        "ID",
        "    Returns the number of this connection.",
        "INFO",
        "    Describes this connection.",
        "KILL <ip:port>",
        "    Closes the connection from <ip:port>.",
        "KILL <option> <value> [<option> <value> [...]]",
        "    Closes the connections for which all options hold: ADDR, LADDR, ID, TYPE, USER, and",
        "    SKIPME (YES|NO), which tells whether this one is left out.",
        "LIST [TYPE (NORMAL|MASTER|REPLICA|PUBSUB)] [ID id ...]",
        "    Describes all connections, or those of a type, or those of some numbers.",
        "NO-EVICT (ON|OFF)",
        "    Marks this connection as one that is not closed to save memory.",
        "PAUSE <timeout> [WRITE|ALL]",
        "    Lets all clients' requests wait for <timeout> milliseconds, or those that write.",
        "REPLY (ON|OFF|SKIP)",
        "    Says whether requests of this connection are answered.",
        "SETINFO (LIB-NAME|LIB-VER) value",
        "    Tells which client library this connection is made by.",
        "SETNAME name",
        "    Names this connection.",
        "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]] [OPTIN] [OPTOUT]"
            + " [NOLOOP]",
        "    Begins or ends to tell this connection when keys change that it has read.",
        "TRACKINGINFO",
        "    Returns what this connection is told of changes.",
        "UNBLOCK <clientid> [TIMEOUT|ERROR]",
        "    Ends what keeps a connection waiting.",
        "UNPAUSE",
        "    Lets the requests that wait go on.");
  }
}
