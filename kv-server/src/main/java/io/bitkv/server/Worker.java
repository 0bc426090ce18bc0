package io.bitkv.server;

import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the connections of one event loop share: buffers, the dispatcher, figures, and a look at
 * each of them every second.
 */
final class Worker {

  /** As many bytes as are read at once. */
  private static final int INPUT_BYTES = 64 << 10;

  /** How often it is seen to that expired keys are told of. */
  private static final int EXPIRY_MILLIS = 100;

  private final ServerContext server;
  private final EventLoop loop;
  private final byte[] input = new byte[INPUT_BYTES];
  private final ReplyBuffer replyBuffer = new ReplyBuffer();
  private final WorkerStats stats;
  private final Call call;
  private final DurabilityGate gate;
  private final Set<ClientHandler> clients = new LinkedHashSet<>();
  private volatile long bufferBytes = INPUT_BYTES;
  private long nowNanos = System.nanoTime();

  Worker(ServerContext server, EventLoop loop) {
    this.server = server;
    this.loop = loop;
    stats = new WorkerStats((int) server.commands().withSubcommands().count());
    call = new Call(server, stats, new Dispatcher(server, stats), replyBuffer);
    gate = new DurabilityGate(server.store(), loop);
    loop.scheduleAtFixedRate(this::everySecond, 1, 1, TimeUnit.SECONDS);
    loop.scheduleAtFixedRate(
        server.changes().expiries()::tellDue,
        EXPIRY_MILLIS,
        EXPIRY_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  ServerContext server() {
    return server;
  }

  EventLoop loop() {
    return loop;
  }

  /** The array that received bytes are parsed in. */
  byte[] input() {
    return input;
  }

  /** Where replies are written. */
  ReplyBuffer replyBuffer() {
    return replyBuffer;
  }

  WorkerStats stats() {
    return stats;
  }

  /** What commands run in. */
  Call call() {
    return call;
  }

  DurabilityGate gate() {
    return gate;
  }

  /** The connections of this loop. */
  Set<ClientHandler> clients() {
    return clients;
  }

  /**
   * The {@link System#nanoTime} of the last look at the connections, at most about a second ago.
   */
  long nowNanos() {
    return nowNanos;
  }

  /** What the buffers of this loop's connections took when they were looked at last. */
  long bufferBytes() {
    return bufferBytes;
  }

  /** Ends every connection once its replies are sent. */
  void endAll() {
    List.copyOf(clients).forEach(ClientHandler::end);
  }

  /** Goes on with requests that had to wait. */
  void resumeAll() {
    List.copyOf(clients).forEach(ClientHandler::resume);
  }

  private void everySecond() {
    stats.secondEnded();
    nowNanos = System.nanoTime();
    server.snapshots().everySecond(nowNanos);
    long bytes = INPUT_BYTES;
    for (ClientHandler client : List.copyOf(clients)) {
      client.everySecond(nowNanos);
      bytes += client.requests().size() + client.replies().outbound().pendingBytes();
    }
    bufferBytes = bytes;
  }
}
