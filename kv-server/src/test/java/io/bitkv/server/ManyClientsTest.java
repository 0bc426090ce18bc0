package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with many clients, in a process of its own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyClientsTest {

  private static final int CONNECT_MILLIS = 500;

  @TempDir Path folder;

  @Test
  @DisplayName("F46 F72 running out of files in an accept does not stop the next accept")
  void failedAcceptDoesNotStopTheNext() {
    try (ServerProcess server = ServerProcess.withFileLimit(160, folder.resolve("data"))) {
      int port = server.awaitReady();
      List<Socket> sockets = new ArrayList<>();
      boolean isFull = false;
      for (int i = 0; i < 300 && !isFull; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        isFull = !isServed(socket, port);
      }
      assertTrue(isFull, "the limit was never reached");
      for (Socket socket : sockets) {
        close(socket);
      }
      try (RespClient client = new RespClient(port)) {
        assertEquals("OK", client.text("SET", "k", "v"));
      }
    }
  }

  /** Connects, and tells whether the server answers. */
  private static boolean isServed(Socket socket, int port) {
    try {
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      socket.getOutputStream().write(RespClient.bytes("PING\r\n"));
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("a socket cannot be closed", e);
    }
  }

  private static void connectAndClose(int port, int times) {
    for (int i = 0; i < times; i++) {
      new RespClient(port).close();
    }
  }

  /** How many handles a server has once it serves one client, and has noticed that no other is left. */
  private static long handlesWithOneClient(ServerProcess server, int port) {
    try (RespClient client = new RespClient(port)) {
      while (!client.text("INFO", "clients").contains("connected_clients:1\r\n")) {
        Thread.onSpinWait();
      }
      return server.openHandles();
    }
  }

  @Test
  @Tag("long")
  @DisplayName("F71 12,000 idle connections are held, and others are served")
  void idleConnectionsAreHeld() {
    int count = 12_000;
    List<RespClient> idle = new ArrayList<>();
    try (ServerProcess server = new ServerProcess(folder.resolve("data"))) {
      int port = server.awaitReady();
      for (int i = 0; i < count; i++) {
        idle.add(new RespClient(port));
      }
      try (RespClient client = new RespClient(port)) {
        assertEquals("PONG", client.text("PING"));
        String clients = client.text("INFO", "clients");
        assertTrue(clients.contains("connected_clients:" + (count + 1) + "\r\n"), clients);
      }
      for (RespClient client : idle) {
        assertEquals("PONG", client.text("PING"));
      }
    } finally {
      idle.forEach(RespClient::close);
    }
  }

  @Test
  @Tag("long")
  @DisplayName("F72 20,000 connects and closes leave the server as it was")
  void connectsAndClosesLeaveNothing() {
    try (ServerProcess server = new ServerProcess(folder.resolve("data"))) {
      int port = server.awaitReady();
      // By then every event loop has begun.
      connectAndClose(port, 100);
      long handlesBefore = handlesWithOneClient(server, port);
      connectAndClose(port, 20_000);
      assertEquals(handlesBefore, handlesWithOneClient(server, port));
    }
  }
}
