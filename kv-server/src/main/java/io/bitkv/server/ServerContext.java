package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * What all connections of a server share: the store, the table of commands, the options in force,
 * and who is connected.
 */
final class ServerContext {

  private static final int RUN_ID_BYTES = 20;

  private final EmbeddedStore store;
  private final KeyValueStore view;
  private final Databases databases;
  private final CommandTable commands = CommandFamilies.table();
  private final LiveOptions options;
  private final AclUsers users;
  private final AclLog aclLog;
  private final AclGuard guard;
  private final Optional<TlsIdentity> tls;
  private final Quotas quotas;
  private final AuthThrottle throttle = new AuthThrottle();
  private final InstantSource clock;
  private final Clients clients = new Clients();
  private final KvSnapshots snapshots = new KvSnapshots();
  private final Saves saves;
  private final Rewrites rewrites;
  private final Channels channels;
  private final Monitors monitors;
  private final Slowlog slowlog;
  private final LatencyMonitor latency;
  private final Pause pause = new Pause(this);
  private final KeyChanges changes;
  private final long startedNanos = System.nanoTime();
  private final String runId;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile List<Worker> workers = List.of();
  private volatile int port;

  ServerContext(EmbeddedStore store, ServerOptions options, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.options = new LiveOptions(options);
    users = new AclUsers(commands, options);
    aclLog = new AclLog(clock, this.options);
    guard = new AclGuard(aclLog);
    quotas =
        new Quotas(store, () -> workers.stream().mapToLong(Worker::bufferBytes).sum());
    quotas.look(options);
    this.options.follow(LimitSettings.ALL, quotas::look);
    tls = TlsIdentity.of(options);
    tls.ifPresent(identity -> this.options.follow(TlsSettings.IDENTITY, identity::use));
    this.options.follow(Settings.SYNC, store::syncPolicy);
    this.options.follow(SecuritySettings.REQUIREPASS, users::password);
    view = store.deferred();
    databases = new Databases(view, options.get(Settings.DATABASES));
    saves = new Saves(store, clock);
    rewrites = new Rewrites(store);
    channels = new Channels(this.options);
    monitors = new Monitors(clock, this.options);
    slowlog = new Slowlog(clock);
    latency = new LatencyMonitor(clock);
    changes = new KeyChanges(this);
    this.options.follow(DiagnosticSettings.NOTIFICATIONS, changes::classes);
    byte[] random = new byte[RUN_ID_BYTES];
    RandomGenerator.getDefault().nextBytes(random);
    runId = HexFormat.of().formatHex(random);
  }

  EmbeddedStore store() {
    return store;
  }

  /**
   * The store as commands use it: writes return before they are on stable storage, and replies are
   * held instead.
   */
  KeyValueStore view() {
    return view;
  }

  Databases databases() {
    return databases;
  }

  CommandTable commands() {
    return commands;
  }

  LiveOptions options() {
    return options;
  }

  /** Who may do what. */
  AclUsers users() {
    return users;
  }

  /** What was denied of late. */
  AclLog aclLog() {
    return aclLog;
  }

  /** What checks requests against the users' rules. */
  AclGuard guard() {
    return guard;
  }

  /** What encrypted connections are encrypted by; empty if there are none. */
  Optional<TlsIdentity> tls() {
    return tls;
  }

  /** What refuses writes when memory or disk are used up. */
  Quotas quotas() {
    return quotas;
  }

  /** What slows the guessing of passwords down. */
  AuthThrottle throttle() {
    return throttle;
  }

  /** What tells the time to commands. */
  InstantSource clock() {
    return clock;
  }

  Clients clients() {
    return clients;
  }

  /** The snapshots that clients have begun to go through. */
  KvSnapshots snapshots() {
    return snapshots;
  }

  /** The syncs that clients have asked for. */
  Saves saves() {
    return saves;
  }

  /** The merges that clients have asked for. */
  Rewrites rewrites() {
    return rewrites;
  }

  /** Who is subscribed to what. */
  Channels channels() {
    return channels;
  }

  /** Who sees every request. */
  Monitors monitors() {
    return monitors;
  }

  /** Who is told what becomes of keys. */
  KeyChanges changes() {
    return changes;
  }

  /** What took long of late. */
  LatencyMonitor latency() {
    return latency;
  }

  /** When requests must wait. */
  Pause pause() {
    return pause;
  }

  Slowlog slowlog() {
    return slowlog;
  }

  /** The {@link System#nanoTime} of the start. */
  long startedNanos() {
    return startedNanos;
  }

  /** What tells this run of the server from every other: 40 hexadecimal digits. */
  String runId() {
    return runId;
  }

  List<Worker> workers() {
    return workers;
  }

  void workers(Collection<Worker> all) {
    workers = List.copyOf(all);
  }

  /** The port that clients connect to. */
  int port() {
    return port;
  }

  void port(int number) {
    port = number;
  }

  /** Asks that the server be stopped. */
  void requestStop() {
    stop.countDown();
  }

  /** Whether the server is being stopped, or is to be. */
  boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** Waits until somebody asks that the server be stopped. */
  void awaitStopRequest() throws InterruptedException {
    stop.await();
  }
}
