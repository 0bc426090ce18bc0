package io.bitkv.server;

import io.bitkv.api.KvException;
import io.bitkv.codec.resp.RespVersion;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request to its command: finds it, checks that it may run now, queues it or runs it,
 * and turns what goes wrong into an error reply. The checks come in the order that Redis has them
 * in, so that of several faults the same one is told.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final CommandException NO_AUTH =
      new CommandException("NOAUTH Authentication required.");
  private static final CommandException NOT_IN_MULTI =
      new CommandException("ERR Command not allowed inside a transaction");

  private final ServerContext server;
  private final WorkerStats stats;

  Dispatcher(ServerContext server, WorkerStats stats) {
    this.server = server;
    this.stats = stats;
  }

  /**
   * Answers one request.
   *
   * @param call the connection and the reply
   * @param arguments the request
   */
  void dispatch(Call call, Arguments arguments) {
    Connection connection = call.connection();
    long mark = call.output().size();
    answer(call, arguments);
    ReplyMode mode = connection.replyMode();
    if (mode.isMute()) {
      call.output().rollback(mark);
    }
    connection.replyMode(mode.next());
  }

  private void answer(Call call, Arguments arguments) {
    Connection connection = call.connection();
    Command command = server.commands().find(arguments, 0);
    try {
      admit(connection, command, arguments);
    } catch (CommandException refusal) {
      refuse(call, command, refusal);
      return;
    }
    connection.lastCommand(command);
    if (connection.transaction().isOpen() && !command.isImmediate()) {
      enqueue(call, command, arguments);
    } else {
      try {
        run(call, command, arguments);
      } finally {
        server.changes().tellWhoCameMeanwhile(call, command);
      }
    }
    if (connection.trackingState().isCachingGiven()
        && !connection.transaction().isOpen()
        && !command.name().startsWith("client|")) {
      connection.trackingState().cachingGiven(false);
    }
  }

  /** Runs a command that was admitted, and sees to it that there is exactly one reply. */
  void run(Call call, Command command, Arguments arguments) {
    long mark = call.output().size();
    call.begin(command, arguments);
    try {
      if (call.isInTransaction()) {
        server.guard().checkQueued(call.connection(), command, arguments);
      }
      execute(call, command, arguments);
    } catch (CommandException refusal) {
      fail(call, command, mark, refusal.getMessage());
    } catch (KvException e) {
      if (call.isInTransaction() && !Errors.concernsOneCommand(e)) {
        throw e;
      }
      fail(call, command, mark, Errors.reply(e));
    } catch (ClientLimitException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (call.isInTransaction()) {
        throw e;
      }
      LOG.error("The command {} failed.", command.name(), e);
      fail(call, command, mark, Errors.internal(e));
    }
  }

  private void execute(Call call, Command command, Arguments arguments) {
    server.changes().noteReads(call, command, arguments);
    try {
      command.handler().execute(call);
    } finally {
      long nanos = call.lap();
      stats.called(command, nanos);
      long slowNanos = server.options().slowNanos();
      if (slowNanos >= 0 && nanos >= slowNanos && !command.is(CommandFlag.SKIP_SLOWLOG)) {
        server.slowlog().add(call, command, arguments, nanos);
      }
      long latencyNanos = server.options().latencyNanos();
      if (latencyNanos > 0 && nanos >= latencyNanos) {
        server
            .latency()
            .add(
                command.is(CommandFlag.FAST) ? "fast-command" : "command",
                TimeUnit.NANOSECONDS.toMillis(nanos));
      }
      if (!server.monitors().isEmpty()) {
        server.monitors().show(call, command, arguments);
      }
    }
  }

  private void admit(Connection connection, Command command, Arguments arguments) {
    if (command == null) {
      throw Errors.unknownCommand(server.commands(), arguments);
    }
    if (!command.accepts(arguments.count()) || command.handler() == null) {
      throw CommandException.wrongArity(command.name());
    }
    if (!connection.isAuthenticated() && !command.is(CommandFlag.NO_AUTH)) {
      throw NO_AUTH;
    }
    if (connection.transaction().isOpen() && command.is(CommandFlag.NO_MULTI)) {
      throw NOT_IN_MULTI;
    }
    server.guard().check(connection, command, arguments);
    server.quotas().check(command, connection.transaction());
    if (connection.version() == RespVersion.RESP2
        && connection.isSubscribed()
        && !command.isForSubscribers()) {
      throw notWhileSubscribed(command);
    }
  }

  private static CommandException notWhileSubscribed(Command command) {
    return new CommandException(
        "ERR Can't execute '"
            + command.name()
            + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
            + " context");
  }

  private void refuse(Call call, Command command, CommandException refusal) {
    TransactionState transaction = call.connection().transaction();
    if (command == null) {
      stats.error();
    } else {
      stats.rejected(command);
    }
    if (command != null && command.name().equals("exec")) {
      transaction.reset();
      call.reply().writeError(Errors.transactionRefused(refusal));
    } else {
      transaction.commandRefused();
      call.reply().writeError(refusal.getMessage());
    }
  }

  private void enqueue(Call call, Command command, Arguments arguments) {
    TransactionState transaction = call.connection().transaction();
    if (transaction.queuedBytes() + arguments.byteCount() > server.options().queryLimit()) {
      throw new ClientLimitException(Settings.QUERY_LIMIT);
    }
    transaction.queue(command, arguments);
    call.reply().writeSimpleString("QUEUED");
  }

  private void fail(Call call, Command command, long mark, String reply) {
    call.output().rollback(mark);
    call.reply().writeError(reply);
    stats.failed(command);
  }
}
