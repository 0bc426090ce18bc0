package io.bitkv.server;

import java.util.concurrent.TimeUnit;

/**
 * The line that CLIENT LIST and CLIENT INFO have for a connection, with the fields that Redis has.
 */
final class ClientDescription {

  private ClientDescription() {}

  static String of(Connection connection) {
    long now = System.nanoTime();
    TransactionState transaction = connection.transaction();
    StringBuilder line = new StringBuilder();
    add(line, "id", connection.id());
    add(line, "addr", connection.remoteAddress());
    add(line, "laddr", connection.localAddress());
    add(line, "name", connection.name());
    add(line, "age", TimeUnit.NANOSECONDS.toSeconds(now - connection.connectedNanos()));
    add(line, "idle", Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now - connection.lastNanos())));
    add(line, "flags", flags(connection));
    add(line, "db", connection.database());
    add(line, "sub", connection.subscriptions().channels().size());
    add(line, "psub", connection.subscriptions().patterns().size());
    add(line, "ssub", 0);
    add(line, "multi", transaction.isOpen() ? transaction.queued().size() : -1);
    add(line, "multi-mem", transaction.queuedBytes());
    add(line, "cmd", connection.lastCommand() == null ? "NULL" : connection.lastCommand().name());
    add(line, "user", connection.account().name());
    add(line, "redir", connection.tracking() == null ? -1 : connection.tracking().redirect());
    add(line, "resp", connection.version().number());
    add(line, "lib-name", connection.libraryName());
    add(line, "lib-ver", connection.libraryVersion());
    return line.toString();
  }

  private static String flags(Connection connection) {
    String flags =
        (connection.isMonitor() ? "O" : "")
            + (connection.isSubscribed() ? "P" : "")
            + (connection.transaction().isOpen() ? "x" : "")
            + (connection.tracking() == null ? "" : "t")
            + (connection.trackingState().isRedirectBroken() ? "R" : "")
            + (connection.isNoEvict() ? "e" : "");
    return flags.isEmpty() ? "N" : flags;
  }

  private static void add(StringBuilder line, String field, Object value) {
    line.append(line.isEmpty() ? "" : " ").append(field).append('=').append(value);
  }
}
