package io.bitkv.server;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What started the program and wants to be told when it is ready and when it stops, in the protocol
 * of systemd's sd_notify(3): text in a datagram to a Unix socket, which the environment names. The
 * JDK has no such sockets, Netty's library for epoll has.
 *
 * <p>Safe for use by many threads.
 */
final class ServiceManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private static final String SOCKET_VARIABLE = "NOTIFY_SOCKET";

  /** Where its socket is; empty if nobody wants to be told. */
  private final Optional<String> path;

  private final AtomicBoolean isStopping = new AtomicBoolean();

  ServiceManager(Map<String, String> environment) {
    path = Optional.ofNullable(environment.get(SOCKET_VARIABLE)).filter(text -> !text.isEmpty());
  }

  /** Tells that clients can connect. */
  void tellReady() {
    tell("READY=1");
  }

  /** Tells that the program is about to end; once, however often it is called. */
  void tellStopping() {
    if (isStopping.compareAndSet(false, true)) {
      tell("STOPPING=1");
    }
  }

  private void tell(String state) {
    path.ifPresent(
        target -> {
          try {
            send(target, state.getBytes(StandardCharsets.US_ASCII));
          } catch (IOException e) {
            LOG.warn(
                "{} was not sent to {}={}: {}", state, SOCKET_VARIABLE, target, e.getMessage());
          }
        });
  }

  private static void send(String target, byte[] text) throws IOException {
    if (!target.startsWith("/")) {
      throw new IOException("it is not the path of a file; abstract sockets are not supported");
    }
    if (!Epoll.isAvailable()) {
      throw new IOException("epoll is not available here");
    }
    ByteBuffer direct = ByteBuffer.allocateDirect(text.length).put(text);
    Socket socket = Socket.newSocketDomainDgram();
    try {
      byte[] path = target.getBytes(StandardCharsets.UTF_8);
      socket.sendToDomainSocket(direct, 0, text.length, path);
    } finally {
      socket.close();
    }
  }
}
