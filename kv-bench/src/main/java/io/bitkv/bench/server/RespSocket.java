package io.bitkv.bench.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A bare connection to a Redis server on this machine, for the few requests that prepare a measurement. For one thread. */
final class RespSocket implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int WINDOW = 1_000;
  private static final int BUFFER = 1 << 16;
  private static final String PONG = "+PONG\r\n";
  private static final String OK = "+OK\r\n";

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final InputStream in;

  RespSocket(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  /** Asks whether the server answers; false while it cannot be connected to, or is still loading. */
  static boolean isAnswering(int port) {
    try (RespSocket one = new RespSocket(port)) {
      one.out.write("*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
      one.out.flush();
      return new String(one.in.readNBytes(PONG.length()), StandardCharsets.US_ASCII).equals(PONG);
    } catch (IOException e) {
      return false;
    }
  }

  /** Stores so many keys of 16 bytes, in the order of their numbers, with random values of a length. */
  void fill(int keys, int valueBytes) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    byte[] value = new byte[valueBytes];
    byte[] end = "\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int n = 0; n < keys; n++) {
      random.nextBytes(value);
      String head = "*3\r\n$3\r\nSET\r\n$16\r\nkey:%012d\r\n$%d\r\n".formatted(n, valueBytes);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(value);
      out.write(end);
      if (n % WINDOW == WINDOW - 1 || n == keys - 1) {
        out.flush();
        expect(n % WINDOW + 1);
      }
    }
  }

  private void expect(int replies) throws IOException {
    String got = new String(in.readNBytes(replies * OK.length()), StandardCharsets.US_ASCII);
    if (!got.equals(OK.repeat(replies))) {
      throw new IOException("the server did not answer OK: " + got.lines().filter(line -> !line.equals("+OK")).findFirst().orElse("it hung up"));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
