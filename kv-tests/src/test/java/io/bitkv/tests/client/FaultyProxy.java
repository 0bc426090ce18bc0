package io.bitkv.tests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between clients and a server, and does harm to each connection after a while: which harm and after how many requests or replies
 * is decided by a seed and the connection's number, never by a clock. It remembers every request that reached the server as a whole.
 */
final class FaultyProxy implements AutoCloseable {

  /** Requests and replies that a connection begins with at most, by which it introduces itself. */
  private static final int INTRODUCTION = 3;

  /** How many requests a late reply waits for. */
  private static final int LATENESS = 10;

  private final int serverPort;
  private final long seed;
  private final List<Fault> faults;
  private final ServerSocket listener;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();
  private final List<List<String>> forwarded = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition requested = lock.newCondition();
  private long requests;
  private final LongAdder strikes = new LongAdder();
  private volatile boolean isHealed;

  FaultyProxy(int serverPort, long seed, Collection<Fault> faults) {
    this.serverPort = serverPort;
    this.seed = seed;
    this.faults = List.copyOf(faults);
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "kv://127.0.0.1:" + listener.getLocalPort();
  }

  /** How often it did harm so far. */
  long strikes() {
    return strikes.sum();
  }

  /** The words of each request that was sent on to the server as a whole. */
  List<List<String>> forwarded() {
    return List.copyOf(forwarded);
  }

  /** Does no more harm from now on. */
  void heal() {
    lock.lock();
    try {
      isHealed = true;
      requested.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Tunnel tunnel = new Tunnel(client, new Socket(InetAddress.getLoopbackAddress(), serverPort), tunnels.size());
        tunnels.add(tunnel);
        Thread.ofVirtual().start(tunnel::carryRequests);
        Thread.ofVirtual().start(tunnel::carryReplies);
      }
    } catch (IOException closed) {
      return;
    }
  }

  @Override
  public void close() {
    heal();
    try {
      listener.close();
      for (Tunnel tunnel : tunnels) {
        tunnel.end(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts a request, for those replies that wait for one. */
  private void count() {
    lock.lock();
    try {
      requests++;
      requested.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRequests(Tunnel tunnel) {
    lock.lock();
    try {
      long due = requests + LATENESS;
      while (requests < due && !isHealed && !tunnel.isOver) {
        if (!requested.await(60, TimeUnit.SECONDS)) {
          throw new AssertionError("no request came during a minute");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** A client's connection and the one to the server that belongs to it. */
  private final class Tunnel {
    private final Socket client;
    private final Socket server;
    private final Fault fault;
    private final int calm;
    private volatile boolean isOver;

    Tunnel(Socket client, Socket server, int number) {
      this.client = client;
      this.server = server;
      Random random = new Random(seed * 1_000_003 + number);
      fault = faults.get(random.nextInt(faults.size()));
      calm = INTRODUCTION + 1 + random.nextInt(40);
    }

    /** Whether it is time for harm, again. */
    private boolean strikes(int frames) {
      if (frames % calm != 0 || isHealed) {
        return false;
      }
      strikes.increment();
      return true;
    }

    void carryRequests() {
      try {
        FrameReader reader = new FrameReader(client.getInputStream());
        int frames = 0;
        for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
          if (fault == Fault.REQUEST_CUT && strikes(++frames)) {
            server.getOutputStream().write(frame, 0, frame.length / 2);
            end(true);
            return;
          }
          forwarded.add(reader.words());
          server.getOutputStream().write(frame);
          count();
        }
      } catch (IOException gone) {
        // One of the two sides is no longer there, and the other need not be either.
      }
      end(false);
    }

    void carryReplies() {
      try {
        FrameReader reader = new FrameReader(server.getInputStream());
        int frames = 0;
        for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
          // What answers no request is neither lost nor changed alone: no network does that.
          if (frame[0] != '>' && fault != Fault.REQUEST_CUT && strikes(++frames)) {
            strike(frame);
          } else {
            client.getOutputStream().write(frame);
          }
        }
      } catch (IOException gone) {
        // As above.
      }
      end(false);
    }

    private void strike(byte[] reply) throws IOException {
      switch (fault) {
        case REPLY_LOST -> end(true);
        case REPLY_CUT, REPLY_ENDED -> {
          client.getOutputStream().write(reply, 0, reply.length / 2);
          end(fault == Fault.REPLY_CUT);
        }
        case REPLY_LATE -> {
          awaitRequests(this);
          client.getOutputStream().write(reply);
        }
        case REPLY_OF_WRONG_TYPE -> client.getOutputStream().write(ofWrongType(reply[0]));
        case GARBAGE -> {
          byte[] garbage = Arrays.copyOf(reply, reply.length);
          garbage[0] = 'G';
          client.getOutputStream().write(garbage);
        }
        case REQUEST_CUT -> throw new AssertionError("it strikes at requests");
      }
    }

    private static byte[] ofWrongType(byte type) {
      String wrong =
          switch (type) {
            case ':' -> "*0\r\n";
            case '*' -> "$5\r\nwrong\r\n";
            case '_' -> "#t\r\n";
            default -> ":7\r\n";
          };
      return wrong.getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends both connections; the client sees a reset if that is wanted, else an end in good order. */
    void end(boolean isReset) {
      isOver = true;
      count();
      try (client;
          server) {
        if (isReset && !client.isClosed()) {
          client.setSoLinger(true, 0);
        }
      } catch (IOException e) {
        return;
      }
    }
  }
}
