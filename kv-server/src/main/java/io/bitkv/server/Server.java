package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Map;
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

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 << 10, 128 << 10);

  private static final long LOOPS_END_SECONDS = 5;

  private final ServerContext context;
  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;
  private boolean isClosed;

  private Server(ServerContext context, EventLoopGroup loops) {
    this.context = context;
    this.loops = loops;
    listener = listen();
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();
    context.port(address.getPort());
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
    InetSocketAddress address = address(options);
    probe(address);
    Transport transport = options.get(Settings.TRANSPORT).resolve();
    StoreOptions storeOptions = options.storeOptions().withListener(new StoreEventLog());
    EmbeddedStore store = KeyValueStore.open(options.directory(), storeOptions);
    try {
      return serve(store, options.with(Settings.TRANSPORT, transport), storeOptions.clock());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
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
      LOG.info("Serving {} through {}.", store.directory(), options.text(Settings.TRANSPORT));
      return server;
    } catch (RuntimeException e) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Tells where the server listens.
   *
   * @return the address, with the port that was taken if any free one was asked for
   */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
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
    listener.close().awaitUninterruptibly();
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
    loops.shutdownGracefully(0, LOOPS_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    context.snapshots().close();
    context.rewrites().close();
    context.store().close();
  }

  private Channel listen() {
    Map<EventLoop, Worker> workers = new IdentityHashMap<>();
    loops.forEach(
        executor -> workers.put((EventLoop) executor, new Worker(context, (EventLoop) executor)));
    context.workers(workers.values());
    ServerOptions options = context.options().current();
    InetSocketAddress address = address(options);
    Transport transport = options.get(Settings.TRANSPORT);
    int keepAliveSeconds = options.get(Settings.TCP_KEEPALIVE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, options.get(Settings.TCP_BACKLOG))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, keepAliveSeconds > 0)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new ClientInitializer(context, workers, channels));
    if (keepAliveSeconds > 0) {
      bootstrap.childOption(transport.keepAliveIdle(), keepAliveSeconds);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(address, bound.cause());
    }
    return bound.channel();
  }

  private static InetSocketAddress address(ServerOptions options) {
    InetSocketAddress address =
        new InetSocketAddress(options.get(Settings.BIND), options.get(Settings.PORT));
    if (address.isUnresolved()) {
      throw new InvalidOptionException(
          "bind: the address " + options.get(Settings.BIND) + " is not known");
    }
    return address;
  }

  /** Finds out whether the address can be listened on before anything is opened. */
  private static void probe(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw cannotListen(address, e);
    }
  }

  private static InvalidOptionException cannotListen(InetSocketAddress address, Throwable cause) {
    return new InvalidOptionException(
        "cannot listen on "
            + text(address)
            + ": "
            + cause.getMessage()
            + "; choose another port or bind, or stop what listens there",
        cause);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
