package io.bitkv.client;

import io.bitkv.codec.resp.RequestLimits;
import io.bitkv.codec.resp.RequestParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that answers as it is told, well or badly, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

  /** Decides what a request is answered with. */
  @FunctionalInterface
  interface Script {
    /** Answers a request, or does something else to the connection. */
    void answer(Asked request, Client client) throws IOException;
  }

  /** A request as it arrived. */
  record Asked(List<byte[]> words) {
    String name() {
      return text(0).toUpperCase(Locale.ROOT);
    }

    String text(int index) {
      return new String(words.get(index), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return String.join(" ", words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList());
    }
  }

  /** A connection, as the server sees it. */
  record Client(int number, Socket socket) {
    /** Sends text as it is, in ISO 8859-1. */
    void send(String raw) throws IOException {
      send(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] raw) throws IOException {
      OutputStream output = socket.getOutputStream();
      output.write(raw);
      output.flush();
    }

    /** Closes the connection so that the other side sees a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** What a server without the KV commands answers to HELLO. */
  static final String PLAIN_HELLO =
      "%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n7.0.0\r\n$5\r\nproto\r\n:3\r\n";

  /** What a server with the KV commands answers to HELLO. */
  static final String KV_HELLO =
      "%4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n0.1.0\r\n$5\r\nproto\r\n:3\r\n"
          + "$7\r\nmodules\r\n*1\r\n%2\r\n$4\r\nname\r\n$5\r\nbitkv\r\n$3\r\nver\r\n:1\r\n";

  private final ServerSocket listener;
  private final Script script;
  private final String hello;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Thread acceptor;

  private FakeServer(ServerSocket listener, String hello, Script script) {
    this.listener = listener;
    this.hello = hello;
    this.script = script;
    this.acceptor = Thread.ofVirtual().name("fake-server").start(this::accept);
  }

  /** A server with the KV commands that answers everything but a client's introduction as the script says. */
  static FakeServer kv(Script script) {
    return start(ServerSocketFactory.getDefault(), 0, KV_HELLO, script);
  }

  /** A server without the KV commands. */
  static FakeServer plain(Script script) {
    return start(ServerSocketFactory.getDefault(), 0, PLAIN_HELLO, script);
  }

  /** A server whose script answers the introduction, too. */
  static FakeServer raw(Script script) {
    return start(ServerSocketFactory.getDefault(), 0, null, script);
  }

  static FakeServer start(ServerSocketFactory sockets, int port, String hello, Script script) {
    try {
      return new FakeServer(sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress()), hello, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  String uri() {
    return "kv://127.0.0.1:" + port();
  }

  /** What was asked so far, beside introductions that the script did not answer. */
  List<String> asked() {
    return asked.stream().map(Asked::toString).toList();
  }

  /** How many connections were made so far. */
  int connections() {
    return clients.size();
  }

  /** Resets every connection that is open. */
  void resetAll() throws IOException {
    for (Client client : clients) {
      client.reset();
    }
  }

  private void accept() {
    try {
      while (true) {
        Client client = new Client(clients.size() + 1, listener.accept());
        clients.add(client);
        Thread.ofVirtual().name("fake-client-" + client.number).start(() -> serve(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Client client) {
    RequestParser parser = new RequestParser(RequestLimits.DEFAULT);
    parser.authenticationRequired(false);
    byte[] buffer = new byte[1 << 16];
    int length = 0;
    try (Socket socket = client.socket) {
      for (int count = socket.getInputStream().read(buffer); count >= 0; ) {
        length += count;
        int from = 0;
        while (parser.parse(buffer, from, length)) {
          answer(request(parser, buffer), client);
          from = parser.next();
        }
        from = parser.next();
        length -= from;
        System.arraycopy(buffer, from, buffer, 0, length);
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, 2 * length);
        }
        count = socket.getInputStream().read(buffer, length, buffer.length - length);
      }
    } catch (IOException closed) {
      return;
    }
  }

  private static Asked request(RequestParser parser, byte[] buffer) {
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < parser.count(); i++) {
      words.add(Arrays.copyOfRange(buffer, parser.offset(i), parser.offset(i) + parser.length(i)));
    }
    return new Asked(words);
  }

  private void answer(Asked request, Client client) throws IOException {
    if (hello != null && request.name().equals("HELLO")) {
      client.send(hello);
    } else if (hello != null && (request.name().equals("CLIENT") || request.name().equals("SELECT"))) {
      client.send("+OK\r\n");
    } else {
      asked.add(request);
      script.answer(request, client);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      acceptor.join();
      for (Client client : clients) {
        client.socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
