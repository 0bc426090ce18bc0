package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store served over TCP in the Redis protocol.
 *
 * <p>Safe for use by many threads. {@link #close} must be called, best by try-with-resources.
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private static final long LOOPS_END_SECONDS = 5;

  private final ServerContext context;
  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Listeners listeners;
  private final Optional<HttpEndpoint> http;
  private final List<Future<?>> watches;
  private boolean isClosed;

  private Server(ServerContext context, EventLoopGroup loops) {
    this.context = context;
    this.loops = loops;
    listeners = new Listeners(context.options().current(), loops);
    listen();
    context.port(address().getPort());
    http = openHttp();
    watches =
        List.of(
            every(1000, () -> context.tls().ifPresent(TlsIdentity::refresh)),
            every(
                1000 / Quotas.LOOKS_PER_SECOND,
                () -> context.quotas().look(context.options().current())));
  }

  /**
   * Opens a store and serves it.
   *
   * @param options where the store is, where to listen, and within which limits
   * @return the server, which accepts connections
   * @throws InvalidOptionException if the address cannot be listened on, or the transport is not to
   *     be had
   * @throws io.bitkv.api.KvException if the store cannot be opened, as {@link
   *     KeyValueStore#open(java.nio.file.Path, io.bitkv.api.StoreOptions)} tells
   */
  public static Server open(ServerOptions options) {
    checkBeforeOpening(options);
    StoreOptions storeOptions = options.storeOptions().withListener(new StoreEventLog());
    EmbeddedStore store = KeyValueStore.open(options.directory(), storeOptions);
    try {
      return serve(store, options, storeOptions.clock());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Finds what is wrong with the options while nothing is opened or made. */
  private static void checkBeforeOpening(ServerOptions options) {
    Listeners.probe(options);
    TlsIdentity.of(options);
    options.get(Settings.TRANSPORT).check();
    AclFile.of(options, new AclRules(CommandFamilies.table())).ifPresent(AclFile::read);
  }

  /** Serves a store that is open; the server closes it. */
  static Server serve(EmbeddedStore store, ServerOptions options, InstantSource clock) {
    int threads = options.get(Settings.THREADS);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
            new DefaultThreadFactory("kv-loop"),
            options.get(Settings.TRANSPORT).ioHandlers());
    try {
      Server server = new Server(new ServerContext(store, options, clock), loops);
      Transport transport = options.get(Settings.TRANSPORT).resolve();
      LOG.info("Serving {} through {}.", store.directory(), transport);
      return server;
    } catch (RuntimeException e) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Tells where the server listens.
   *
   * @return the address, with the port that was taken if any free one was asked for; the one for
   *     encrypted connections if there are no others
   */
  public InetSocketAddress address() {
    return listeners.plainAddress().or(listeners::tlsAddress).orElseThrow();
  }

  /**
   * Tells where the server listens for encrypted connections.
   *
   * @return the address; empty if it does not
   */
  public Optional<InetSocketAddress> tlsAddress() {
    return listeners.tlsAddress();
  }

  /**
   * Tells where figures and health are told over HTTP.
   *
   * @return the address; empty if they are not
   */
  public Optional<InetSocketAddress> httpAddress() {
    return http.map(HttpEndpoint::address);
  }

  /**
   * Waits until a client asks the server to stop, or {@link #close} is called.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void awaitStopRequest() throws InterruptedException {
    context.awaitStopRequest();
  }

  /**
   * Stops: accepts no more connections, sends the replies of what was read, and closes the store,
   * so that everything acknowledged is on stable storage. Clients that do not take their replies in
   * time are cut off. Closing again does nothing.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    context.requestStop();
    watches.forEach(watch -> watch.cancel(false));
    listeners.close();
    for (Worker worker : context.workers()) {
      worker.loop().execute(worker::endAll);
    }
    if (!channels
        .newCloseFuture()
        .awaitUninterruptibly(
            context.options().current().get(Settings.SHUTDOWN_TIMEOUT), TimeUnit.SECONDS)) {
      LOG.warn("{} clients did not take their replies in time and are cut off.", channels.size());
      channels.close().awaitUninterruptibly();
    }
    http.ifPresent(HttpEndpoint::close);
    loops.shutdownGracefully(0, LOOPS_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    context.snapshots().close();
    context.rewrites().close();
    context.store().close();
  }

  private static Future<?> every(long millis, Runnable look) {
    return GlobalEventExecutor.INSTANCE.scheduleWithFixedDelay(
        look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private Optional<HttpEndpoint> openHttp() {
    try {
      return HttpEndpoint.open(context);
    } catch (InvalidOptionException e) {
      listeners.close();
      throw e;
    }
  }

  /** Listens on all ports, or on none. */
  private void listen() {
    Map<EventLoop, Worker> workers = new IdentityHashMap<>();
    loops.forEach(
        executor -> workers.put((EventLoop) executor, new Worker(context, (EventLoop) executor)));
    context.workers(workers.values());
    try {
      listeners.open(new ClientInitializer(context, workers, channels, Optional.empty()));
      listeners.openTls(new ClientInitializer(context, workers, channels, context.tls()));
    } catch (InvalidOptionException e) {
      listeners.close();
      throw e;
    }
  }
}
