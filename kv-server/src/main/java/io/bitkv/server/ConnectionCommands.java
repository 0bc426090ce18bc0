package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import io.bitkv.codec.resp.RespVersion;
import java.util.List;

/** Commands about the connection itself: PING, SELECT, AUTH, HELLO and their kin. */
final class ConnectionCommands {

  /**
   * The version of Redis whose commands and error texts this server has; clients decide by it what
   * they may use.
   */
  static final String REDIS_VERSION = "7.0.15";

  private static final byte[] EMPTY = {};

  private static final String HANDSHAKE_FLAGS = "noscript loading stale fast no_auth allow_busy";

  private static final CommandException NOT_AUTHENTICATED =
      new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");

  private static final CommandException TOO_MANY_ATTEMPTS =
      new CommandException(
          "ERR too many wrong passwords came from this address; try again in a few seconds");

  private static final Command ECHO =
      Command.named(
              "echo",
              2,
              "loading stale fast",
              call -> call.reply().writeBulk(call.arguments().bytes(1)))
          .docs("connection", "1.0.0", "O(1)", "Returns what it is given.", "message");

  private ConnectionCommands() {}

  static List<Command> commands() {
    return List.of(PING, ECHO, SELECT, AUTH, HELLO, QUIT, RESET);
  }

  private static final Command PING =
      Command.named("ping", -1, "fast", ConnectionCommands::ping)
          .whileSubscribed()
          .tips("request_policy:all_shards response_policy:all_succeeded")
          .docs(
              "connection",
              "1.0.0",
              "O(1)",
              "Answers, to show that the server is there.",
              "[message]");

  private static void ping(Call call) {
    if (call.arguments().count() > 2) {
      throw CommandException.wrongArity("ping");
    }
    if (call.connection().version() == RespVersion.RESP2 && call.connection().isSubscribed()) {
      call.reply().writeArrayHeader(2);
      call.reply().writeBulk("pong");
      call.reply().writeBulk(call.arguments().count() == 1 ? EMPTY : call.arguments().bytes(1));
      return;
    }
    if (call.arguments().count() == 1) {
      call.reply().writeSimpleString("PONG");
    } else {
      call.reply().writeBulk(call.arguments().bytes(1));
    }
  }

  private static final Command SELECT =
      Command.named("select", 2, "loading stale fast", ConnectionCommands::select)
          .wholeStore()
          .docs(
              "connection",
              "1.0.0",
              "O(1)",
              "Chooses the database that further commands work on.",
              "index:integer");

  private static void select(Call call) {
    call.connection().database(call.server().databases().checked(call.arguments().integer(1)));
    call.reply().writeOk();
  }

  private static final Command AUTH =
      Command.named("auth", -2, HANDSHAKE_FLAGS, ConnectionCommands::auth)
          .docs("connection", "1.0.0", "O(1)", "Says who the client is.", "[username] password");

  private static void auth(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.count() > 3) {
      throw CommandException.SYNTAX;
    }
    if (arguments.count() == 2 && call.server().users().defaultAccount().user().needsNoPassword()) {
      throw new CommandException(
          "ERR AUTH <password> called without any password configured for the default user. Are you"
              + " sure your configuration is correct?");
    }
    authenticate(
        call,
        arguments.count() == 2 ? AclUser.DEFAULT : arguments.text(1),
        arguments.bytes(arguments.count() - 1));
    call.reply().writeOk();
  }

  private static void authenticate(Call call, String user, byte[] password) {
    Connection connection = call.connection();
    AuthThrottle throttle = call.server().throttle();
    if (throttle.isBlocked(connection.remoteHost(), System.nanoTime())) {
      throw TOO_MANY_ATTEMPTS;
    }
    AclAccount account = call.server().users().authenticate(user, password);
    if (account == null) {
      call.server()
          .aclLog()
          .wrongPassword(connection, ShownRequest.beginning(call.arguments(), 0), user);
      connection.hold(throttle.failed(connection.remoteHost(), System.nanoTime()));
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    connection.authenticate(account);
  }

  private static final Command HELLO =
      Command.named("hello", -1, HANDSHAKE_FLAGS, ConnectionCommands::hello)
          .docs(
              "connection",
              "6.0.0",
              "O(1)",
              "Chooses the protocol version and tells about the server.",
              "[(protover:integer [AUTH (username password)] [SETNAME clientname])]");

  private static void hello(Call call) {
    Arguments arguments = call.arguments();
    RespVersion version = arguments.count() > 1 ? version(arguments) : call.connection().version();
    String name = null;
    for (int i = 2; i < arguments.count(); i++) {
      int more = arguments.count() - 1 - i;
      if (arguments.is(i, "AUTH") && more >= 2) {
        authenticate(call, arguments.text(i + 1), arguments.bytes(i + 2));
        i += 2;
      } else if (arguments.is(i, "SETNAME") && more >= 1) {
        name = ClientCommands.checkedName(arguments.text(i + 1), "Client names");
        i++;
      } else {
        throw new CommandException(
            "ERR Syntax error in HELLO option '" + arguments.text(i, 128) + "'");
      }
    }
    if (!call.connection().isAuthenticated()) {
      throw NOT_AUTHENTICATED;
    }
    if (name != null) {
      call.connection().name(name);
    }
    call.connection().version(version);
    call.reply().version(version);
    replyHello(call);
  }

  private static RespVersion version(Arguments arguments) {
    long number;
    try {
      number = arguments.integer(1);
    } catch (CommandException e) {
      throw new CommandException("ERR Protocol version is not an integer or out of range");
    }
    for (RespVersion version : RespVersion.values()) {
      if (version.number() == number) {
        return version;
      }
    }
    throw new CommandException("NOPROTO unsupported protocol version");
  }

  private static void replyHello(Call call) {
    ReplyWriter reply = call.reply();
    reply.writeMapHeader(7);
    reply.writeBulk("server");
    reply.writeBulk("redis");
    reply.writeBulk("version");
    reply.writeBulk(REDIS_VERSION);
    reply.writeBulk("proto");
    reply.writeInteger(call.connection().version().number());
    reply.writeBulk("id");
    reply.writeInteger(call.connection().id());
    reply.writeBulk("mode");
    reply.writeBulk("standalone");
    reply.writeBulk("role");
    reply.writeBulk("master");
    reply.writeBulk("modules");
    reply.writeArrayHeader(1);
    reply.writeMapHeader(2);
    reply.writeBulk("name");
    reply.writeBulk(KvCommands.MODULE);
    reply.writeBulk("ver");
    reply.writeInteger(KvCommands.VERSION);
  }

  private static final Command QUIT =
      Command.named("quit", -1, HANDSHAKE_FLAGS, ConnectionCommands::quit)
          .immediate()
          .whileSubscribed()
          .docs("connection", "1.0.0", "O(1)", "Closes the connection.", "");

  private static void quit(Call call) {
    call.connection().end();
    call.reply().writeOk();
  }

  private static final Command RESET =
      Command.named("reset", 1, HANDSHAKE_FLAGS, ConnectionCommands::reset)
          .immediate()
          .whileSubscribed()
          .docs("connection", "6.2.0", "O(1)", "Makes the connection as if it were new.", "");

  private static void reset(Call call) {
    Connection connection = call.connection();
    connection.transaction().reset();
    call.server().channels().leave(connection);
    call.server().monitors().remove(connection);
    call.server().changes().tracking().end(connection);
    connection.replyMode(ReplyMode.ON);
    connection.database(0);
    connection.name("");
    connection.begin(call.server().users().defaultAccount());
    connection.version(RespVersion.RESP2);
    call.reply().version(RespVersion.RESP2);
    call.reply().writeSimpleString("RESET");
  }
}
