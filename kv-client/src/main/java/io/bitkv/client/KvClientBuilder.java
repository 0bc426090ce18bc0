package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.RejectedException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Collects what a {@link KvClient} is to be like; made by {@link KvClient#builder}.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="options"}
 *
 * <p>Used by one thread. Each method returns this builder, and throws {@link InvalidOptionException} for a value that cannot be used.
 */
public final class KvClientBuilder {

  private final KvUri uri;
  private String user;
  private Supplier<String> password;
  private String clientName;
  private SSLContext tls;
  private Duration connectTimeout = Duration.ofSeconds(2);
  private Duration deadline = Duration.ofSeconds(2);
  private Backoff backoff = Backoff.of(Duration.ofMillis(20), Duration.ofSeconds(1));
  private boolean isRepeating = true;
  private int connections = 2;
  private int maxPending = 1 << 14;
  private int maxUnsentBytes = 64 << 20;
  private CacheOptions cache;
  private ClientListener listener;

  KvClientBuilder(String uri) {
    this.uri = KvUri.parse(uri);
    user = this.uri.user() == null || this.uri.user().isEmpty() ? "default" : this.uri.user();
    password = this.uri.password() == null ? null : this.uri::password;
  }

  /**
   * Authenticates as the default user.
   *
   * @param secret gives the password; asked whenever a connection is made, so that it may change
   * @return this builder
   */
  public KvClientBuilder credentials(Supplier<String> secret) {
    return credentials("default", secret);
  }

  /**
   * Authenticates as a user.
   *
   * @param name the user's name
   * @param secret gives the password; asked whenever a connection is made, so that it may change
   * @return this builder
   */
  public KvClientBuilder credentials(String name, Supplier<String> secret) {
    user = Objects.requireNonNull(name, "name");
    password = Objects.requireNonNull(secret, "secret");
    return this;
  }

  /**
   * Names the client's connections, as the server's {@code CLIENT LIST} shows them.
   *
   * @param name the name, of visible ASCII characters
   * @return this builder
   */
  public KvClientBuilder clientName(String name) {
    clientName = Checks.name(name);
    return this;
  }

  /**
   * Sets what encrypts, instead of the Java platform's default with its trusted certificates. The certificate must name the host in any
   * case. Only for addresses that begin with {@code kvs}.
   *
   * @param context holds the trusted certificates, and the client's own where the server asks for one
   * @return this builder
   */
  public KvClientBuilder tls(SSLContext context) {
    if (!uri.isEncrypted()) {
      throw new InvalidOptionException("the connection is not to be encrypted: the address must begin with kvs://");
    }
    tls = Objects.requireNonNull(context, "context");
    return this;
  }

  /**
   * Limits how long a connection may take to be made, with its handshakes. By default 2 s.
   *
   * @param timeout at least 1 ms
   * @return this builder
   */
  public KvClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = Checks.time("connect timeout", timeout);
    return this;
  }

  /**
   * Limits how long a call may take, with waiting for a connection, sending, and repetitions. By default 2 s.
   *
   * @param limit at least 1 ms
   * @return this builder
   */
  public KvClientBuilder deadline(Duration limit) {
    deadline = Checks.time("deadline", limit);
    return this;
  }

  /**
   * Sets the pauses between attempts to connect, and between repetitions of a call: each is twice as long as the one before, and by chance
   * up to a half shorter. By default from 20 ms to 1 s.
   *
   * @param first the first pause, at least 1 ms
   * @param max the longest pause, at most an hour
   * @return this builder
   */
  public KvClientBuilder backoff(Duration first, Duration max) {
    backoff = Backoff.of(first, max);
    return this;
  }

  /**
   * Never sends a request twice. Otherwise a request is sent again, within its deadline, when it only reads, or when it was certainly not
   * carried out.
   *
   * @return this builder
   */
  public KvClientBuilder withoutRepetition() {
    isRepeating = false;
    return this;
  }

  /**
   * Sets how many connections are kept up; all threads share them. By default 2.
   *
   * @param count 1 to 64
   * @return this builder
   */
  public KvClientBuilder connections(int count) {
    connections = Checks.count("number of connections", count, 64);
    return this;
  }

  /**
   * Limits how many calls may be pending on each connection, and how many may wait for one; a call more is an {@link
   * io.bitkv.api.OverloadedException}. By default 16,384.
   *
   * @param calls 1 to 1,048,576; rounded up to a power of 2
   * @return this builder
   */
  public KvClientBuilder maxPending(int calls) {
    maxPending = Checks.count("number of pending calls", calls, 1 << 20);
    return this;
  }

  /**
   * Limits how many bytes may wait to be sent on a connection when another call is made, which is an {@link
   * io.bitkv.api.OverloadedException} then. By default 64 MiB.
   *
   * @param bytes at least 1
   * @return this builder
   */
  public KvClientBuilder maxUnsentBytes(int bytes) {
    maxUnsentBytes = Checks.count("number of unsent bytes", bytes, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Keeps values that were read, and answers reads with them until the server tells that they have changed; see {@link CacheOptions}. By
   * default nothing is kept. The server must speak RESP3 and know {@code CLIENT TRACKING}, else {@link #connect} fails.
   *
   * @param options how much is kept, and how long
   * @return this builder
   */
  public KvClientBuilder cache(CacheOptions options) {
    cache = Objects.requireNonNull(options, "options");
    return this;
  }

  /**
   * Has somebody told of what happens.
   *
   * @param observer is told
   * @return this builder
   */
  public KvClientBuilder listener(ClientListener observer) {
    listener = Objects.requireNonNull(observer, "observer");
    return this;
  }

  /**
   * Makes the client, and waits until it is connected.
   *
   * @return the client
   * @throws NotSentException if no connection can be made in time; the client is closed then
   * @throws RejectedException if the server refuses the client, its credentials say; the client is closed then
   * @throws io.bitkv.api.UnsupportedFeatureException if a cache is wanted and the server does not tell of changes; the client is closed
   *     then
   */
  public KvClient connect() {
    KvClient client = connectLater();
    try {
      client.awaitConnection(connectTimeout);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
    return client;
  }

  /**
   * Makes the client, and connects in the background: calls wait for a connection as long as their deadlines allow.
   *
   * @return the client
   */
  public KvClient connectLater() {
    ClientOptions options =
        new ClientOptions(
            new ClientOptions.Target(uri.host(), uri.port(), uri.database(), context()),
            new ClientOptions.Identity(user, password, clientName),
            new ClientOptions.Timing(connectTimeout.toNanos(), deadline.toNanos(), backoff, isRepeating),
            new ClientOptions.Limits(connections, maxPending, maxUnsentBytes),
            cache,
            listener);
    InstantSource clock = InstantSource.system();
    Calls calls = new Calls(options, cache == null ? null : new ValueCache(cache, clock, System::nanoTime));
    calls.open();
    return new KvClient(new Caller(calls, deadline.toNanos()), clock, true);
  }

  private SSLContext context() {
    if (!uri.isEncrypted() || tls != null) {
      return tls;
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new InvalidOptionException("this Java platform cannot encrypt connections: " + e.getMessage(), e);
    }
  }
}
