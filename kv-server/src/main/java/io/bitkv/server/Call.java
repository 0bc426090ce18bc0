package io.bitkv.server;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.Transaction;
import io.bitkv.api.ValueReader;
import io.bitkv.api.ValueView;
import io.bitkv.codec.resp.ReplyWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * One execution of a command: its arguments, the data it works on, and where its reply goes. The
 * same command code runs on the store or, inside {@code EXEC}, on a transaction, since {@link #db}
 * and {@link #atomically} give whichever it is.
 *
 * <p>An event loop has one, and uses it for one command after another.
 */
final class Call {

  /** The most that a bulk string has beside its bytes: its type, ten digits, and two line ends. */
  private static final int BULK_FRAME_BYTES = 1 + 10 + 2 + 2;

  private final ServerContext server;
  private final WorkerStats stats;
  private final Dispatcher dispatcher;
  private final ReplyBuffer output;
  private final ReplyWriter reply;
  private final ValueReader<Boolean> bulkReply = this::writeValue;
  private Connection connection;
  private Command command;
  private Arguments arguments;
  private Transaction transaction;
  private final Effects effects = new Effects();
  private long lapNanos;
  private boolean usedData;
  private boolean mustBeDurable;
  private boolean toldNobody;

  Call(ServerContext server, WorkerStats stats, Dispatcher dispatcher, ReplyBuffer output) {
    this.server = server;
    this.stats = stats;
    this.dispatcher = dispatcher;
    this.output = output;
    reply = new ReplyWriter(output);
  }

  /** Turns to a connection. */
  void begin(Connection client) {
    connection = client;
    reply.version(client.version());
    lapNanos = System.nanoTime();
  }

  /** How many nanoseconds have passed since this was asked last, or the connection turned to. */
  long lap() {
    long now = System.nanoTime();
    long nanos = now - lapNanos;
    lapNanos = now;
    return nanos;
  }

  /** Turns to a command of the connection. */
  void begin(Command next, Arguments its) {
    command = next;
    arguments = its;
    usedData |= next.usesData();
  }

  /** Whether a command that reads or changes data ran since this was asked last. */
  boolean takeUsedData() {
    boolean used = usedData;
    usedData = false;
    return used;
  }

  /** Holds the reply until what was written is on stable storage, whatever the sync policy. */
  void requireDurable() {
    mustBeDurable = true;
  }

  /** Whether a command since this was asked last required that what it wrote be on stable storage. */
  boolean takeDurable() {
    boolean required = mustBeDurable;
    mustBeDurable = false;
    return required;
  }

  /** Goes on without telling of its changes those who keep values, since nobody does. */
  void tellsNobody() {
    toldNobody = true;
  }

  /** Whether a command since this was asked last went on without telling of its changes. */
  boolean takeToldNobody() {
    boolean told = toldNobody;
    toldNobody = false;
    return told;
  }

  /** Runs a body in which {@link #db} and {@link #atomically} work on a transaction. */
  <R> R within(Transaction open, Function<? super Transaction, R> body) {
    transaction = open;
    try {
      return body.apply(open);
    } finally {
      transaction = null;
    }
  }

  /** Whether the command runs inside {@code EXEC}. */
  boolean isInTransaction() {
    return transaction != null;
  }

  /**
   * Does something that others notice: at once, or, inside {@code EXEC} and other steps, once the
   * step has been applied.
   */
  void afterwards(Runnable effect) {
    effects.add(effect, isInTransaction());
  }

  /** What commands do beside the data. */
  Effects effects() {
    return effects;
  }

  ServerContext server() {
    return server;
  }

  WorkerStats stats() {
    return stats;
  }

  /** What runs the commands of a transaction. */
  Dispatcher dispatcher() {
    return dispatcher;
  }

  Connection connection() {
    return connection;
  }

  Command command() {
    return command;
  }

  Arguments arguments() {
    return arguments;
  }

  /** Where the reply is written. */
  ReplyWriter reply() {
    return reply;
  }

  /** Where the reply's bytes go. */
  ReplyBuffer output() {
    return output;
  }

  /** The selected database. */
  Keyspace db() {
    return db(connection.database());
  }

  /** A database. */
  Keyspace db(int number) {
    return transaction == null
        ? server.changes().observed(server.databases().keyspace(number), this)
        : server.databases().keyspace(number, observed(transaction));
  }

  /** A keyspace, outside any transaction. */
  Keyspace keyspace(KeyspaceId id) {
    return server.changes().observed(server.view().keyspace(id), this);
  }

  /** Reads and writes one key of the selected database as one step. */
  <R> R atomically(byte[] key, Function<Keyspace, R> body) {
    return atomically(List.of(key), body);
  }

  /** Reads and writes keys of the selected database as one step. */
  <R> R atomically(List<byte[]> keys, Function<Keyspace, R> body) {
    int number = connection.database();
    List<KeyRef> refs = keys.stream().map(key -> server.databases().ref(number, key)).toList();
    return atomicallyAcross(
        refs, store -> body.apply(server.databases().keyspace(number, store)));
  }

  /** Reads and writes keys of several databases as one step. */
  <R> R atomicallyAcross(Collection<KeyRef> keys, Function<Keyspaces, R> body) {
    return transaction != null
        ? body.apply(observed(transaction))
        : effects.collect(
            open -> body.apply(observed(open)), step -> server.view().atomically(keys, step));
  }

  /** Reads and writes any keys as one step. */
  <R> R exclusively(Function<Keyspaces, R> body) {
    return transaction != null
        ? body.apply(observed(transaction))
        : effects.collect(
            open -> body.apply(observed(open)), step -> server.store().exclusively(step));
  }

  /** The keyspaces of a transaction whose changes are told once it has been applied. */
  private Keyspaces observed(Keyspaces open) {
    return id -> server.changes().observed(open.keyspace(id), this);
  }

  /**
   * Writes a key's value as a bulk string, straight from the store, or a null when there is none.
   */
  void replyValue(byte[] key) {
    boolean isHit = db().read(key, bulkReply).isPresent();
    stats.read(isHit);
    if (!isHit) {
      reply.writeNull();
    }
  }

  /** Writes a value as a bulk string, straight from the store. */
  Boolean writeValue(ValueView value) {
    int length = value.length();
    // The header and the value's bytes must lie in one array: room for both, and for the line ends,
    // is made before.
    output.ensureWritable(length + BULK_FRAME_BYTES);
    reply.writeBulkHeader(length);
    value.copyTo(output.array(), output.position());
    output.position(output.position() + length);
    reply.writeBulkEnd();
    return Boolean.TRUE;
  }
}
