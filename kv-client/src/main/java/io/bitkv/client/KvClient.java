package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.NotSentException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store at the other end of a network: a bitkv server, or, as far as strings go, any server that speaks the Redis protocol.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="connect"}
 *
 * <p>One client serves any number of threads, virtual ones too, over a few connections that they share. A thread that waits for a reply
 * may be interrupted: the call then ends with an exception, and the thread stays interrupted.
 *
 * <p><b>Failures.</b> Each call ends within its deadline, and its exception tells what became of it: {@link NotSentException} and {@link
 * io.bitkv.api.OverloadedException}, certainly nothing; {@link RejectedException} and others that the server sent, nothing, for the server
 * refused it; {@link io.bitkv.api.OutcomeUnknownException}, it was sent and no reply came. Requests that read, and others that were
 * certainly not carried out, are repeated within the deadline; others never are.
 *
 * <p><b>The database in the address</b> takes the place of the default keyspace: {@code kv://host/3} makes {@link KeyspaceId#DEFAULT} mean
 * database 3, here and in batches and transactions.
 *
 * <p><b>Other servers.</b> One without the KV commands (see {@link ServerInfo#hasKvCommands}) has no versions, named keyspaces, ordered
 * scans, snapshots or transactions that read: writes return version {@code 0} there, and the rest is an {@link
 * io.bitkv.api.UnsupportedFeatureException}.
 *
 * <p><b>Cache.</b> A client that is made with one ({@link KvClientBuilder#cache}) answers {@code get}, {@code getAll}, {@code read} and
 * {@code contains} from it, blocking or not. {@code getVersioned}, pipelines, scans and transactions always ask the server. {@link
 * CacheOptions} tells what a reader may rely on.
 *
 * <p>Safe for use by many threads.
 */
public final class KvClient implements KeyValueStore {

  private final Caller caller;
  private final InstantSource clock;
  private final boolean ownsConnections;
  private final Keyspace defaultKeyspace;

  KvClient(Caller caller, InstantSource clock, boolean ownsConnections) {
    this.caller = caller;
    this.clock = clock;
    this.ownsConnections = ownsConnections;
    this.defaultKeyspace = view(KeyspaceId.DEFAULT);
  }

  private Keyspace view(KeyspaceId id) {
    RemoteKeyspace remote = new RemoteKeyspace(caller, caller.space(id));
    return caller.cache() == null ? remote : new CachingKeyspace(remote, caller.cache());
  }

  /**
   * Connects with the default options.
   *
   * @param uri the server: {@code kv://[user[:password]@]host[:port][/database]}, or {@code kvs://} to encrypt
   * @return the client
   * @throws io.bitkv.api.InvalidOptionException if the address has another form
   * @throws NotSentException if no connection can be made in time
   * @throws RejectedException if the server refuses the client
   */
  public static KvClient connect(String uri) {
    return builder(uri).connect();
  }

  /**
   * Begins to make a client.
   *
   * @param uri the server: {@code kv://[user[:password]@]host[:port][/database]}, or {@code kvs://} to encrypt
   * @return takes the options
   * @throws io.bitkv.api.InvalidOptionException if the address has another form
   */
  public static KvClientBuilder builder(String uri) {
    return new KvClientBuilder(uri);
  }

  /** Waits for the first connection. */
  void awaitConnection(Duration timeout) {
    Connections connections = caller.calls().connections();
    try {
      if (connections.awaitFirst(timeout.toNanos())) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotSentException("interrupted while connecting", e);
    }
    if (Failures.isFinal(connections.lastFailure())) {
      throw Failures.again(connections.lastFailure());
    }
    throw new NotSentException(connections.trouble(), connections.lastFailure());
  }

  /**
   * Asks a server of this client's what it is.
   *
   * @return what it says of itself
   */
  public ServerInfo server() {
    return caller.run(
        Request.read(
            "PING",
            (output, server) -> {
              output.begin(1);
              output.argument("PING");
              return 1;
            },
            (reply, server) -> server));
  }

  /**
   * Tells what the cache did; views of this client share it.
   *
   * @return its figures, or empty if the client was made without a {@linkplain KvClientBuilder#cache cache}
   */
  public Optional<CacheStats> cacheStats() {
    return Optional.ofNullable(caller.cache()).map(ValueCache::stats);
  }

  /**
   * Gives a view of this client whose calls have another deadline. It shares the connections; closing it does nothing.
   *
   * @param deadline how long a call may take, at least 1 ms
   * @return the view
   */
  public KvClient withDeadline(Duration deadline) {
    return new KvClient(new Caller(caller.calls(), Checks.time("deadline", deadline).toNanos()), clock, false);
  }

  /**
   * Gives a view of this client whose calls do not wait.
   *
   * @return the view
   */
  public AsyncStore async() {
    return new RemoteAsyncStore(caller.caching(caller, true), caller::space);
  }

  /**
   * Begins to collect calls that are sent together.
   *
   * @return takes the calls; must be closed
   */
  public Pipeline pipeline() {
    return new Pipeline(caller);
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return id.equals(KeyspaceId.DEFAULT) ? defaultKeyspace : view(id);
  }

  /**
   * Reads and writes several keys as one step, see {@link KeyValueStore#atomically}. The keys are read at one moment, when the body first
   * reads any; the writes are sent when the body has returned, and applied if what it read is still so. If not, the body runs again, until
   * the deadline.
   *
   * @throws RejectedException with the code {@code CONFLICT} if others wrote the keys each time; nothing was applied
   */
  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return new Transactions(caller, clock).run(keys, body);
  }

  @Override
  public long commit(WriteBatch batch) {
    if (batch.writes().isEmpty()) {
      return Writes.NO_VERSION;
    }
    Writes.Commit commit = new Writes.Commit(List.of(), batch.writes(), batch.isDurable());
    try {
      return caller.run(Writes.unconditional(Writes.commit(commit, ref -> caller.space(ref.keyspace()))));
    } finally {
      caller.touched(batch.writes().stream().map(WriteBatch.Write::ref).toList());
    }
  }

  /**
   * Closes the client: takes no more calls, waits for those under way, and closes the connections. Closing again does nothing, and so does
   * closing a view.
   */
  @Override
  public void close() {
    if (ownsConnections) {
      caller.calls().close();
    }
  }
}
