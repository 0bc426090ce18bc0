package io.bitkv.server;

import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.ReplyLimits;
import io.bitkv.codec.resp.ReplyParser;
import io.bitkv.codec.resp.RequestWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A connection to a server under test, which shows bytes as they are and replies as they are read.
 */
final class RespClient implements AutoCloseable {

  /** No reply takes this long; it only keeps a hanging test from hanging for ever. */
  private static final int GUARD_MILLIS = 60_000;

  /** Long enough for a wrong reply to show; a right program passes however short it is. */
  private static final int SILENCE_MILLIS = 100;

  private final Socket socket = new Socket();
  private final ReplyParser parser = new ReplyParser(ReplyLimits.DEFAULT);
  private byte[] buffer = new byte[64 << 10];
  private int from;
  private int to;

  RespClient(int port) {
    this(new InetSocketAddress("127.0.0.1", port), 0);
  }

  /** Connects with a receive buffer of a size of its own; 0 leaves it to the system. */
  RespClient(InetSocketAddress address, int receiveBytes) {
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(address, GUARD_MILLIS);
      socket.setSoTimeout(GUARD_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request and reads its reply. */
  Reply call(String... words) {
    return call(Arrays.stream(words).map(RespClient::bytes).toList());
  }

  /** Sends a request and reads its reply. */
  Reply call(List<byte[]> request) {
    send(encode(request));
    return read();
  }

  /**
   * Sends a request and reads the text of its reply: the number, the string, the error or {@code
   * null}.
   */
  String text(String... words) {
    return text(call(words));
  }

  /** A reply in one line of text. */
  static String text(Reply reply) {
    return switch (reply) {
      case Reply.SimpleString simple -> simple.text();
      case Reply.ErrorReply error -> error.text();
      case Reply.IntegerReply integer -> Long.toString(integer.value());
      case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.ISO_8859_1);
      case Reply.Null absent -> "null";
      case Reply.ArrayReply array ->
          array.elements().stream().map(RespClient::text).toList().toString();
      case Reply.SetReply set -> "set" + set.elements().stream().map(RespClient::text).toList();
      case Reply.Push push -> "push" + push.elements().stream().map(RespClient::text).toList();
      case Reply.MapReply map ->
          "map"
              + map.entries().stream()
                  .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                  .toList();
      case Reply.Verbatim verbatim -> "verbatim:" + verbatim.text();
      default -> reply.toString();
    };
  }

  /** Sends bytes as they are. */
  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as it is. */
  void send(String text) {
    send(bytes(text));
  }

  /** Reads a reply. */
  Reply read() {
    try {
      InputStream input = socket.getInputStream();
      while (!parser.parse(buffer, from, to)) {
        from = parser.next();
        makeRoom();
        int count = input.read(buffer, to, buffer.length - to);
        if (count < 0) {
          throw new EOFException("the server closed the connection");
        }
        to += count;
      }
      from = parser.next();
      return parser.reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a reply in one line of text. */
  String readText() {
    return text(read());
  }

  /** Reads everything until the server closes the connection; a reset ends it as well. */
  String readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(buffer, from, to - from);
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException e) {
      // The server may close while bytes that it will not read are under way.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether nothing has come since the last reply, a short while included in which it might. */
  boolean isSilent() {
    try {
      socket.setSoTimeout(SILENCE_MILLIS);
      int b = socket.getInputStream().read();
      throw new AssertionError("there came " + b);
    } catch (SocketTimeoutException e) {
      return from == to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      setGuard();
    }
  }

  private void setGuard() {
    try {
      socket.setSoTimeout(GUARD_MILLIS);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more will be sent. */
  void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks the connection off with a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request's bytes. */
  static byte[] encode(List<byte[]> request) {
    ByteArrayOutput output = new ByteArrayOutput(1024);
    RequestWriter writer = new RequestWriter(output);
    writer.begin(request.size());
    request.forEach(writer::argument);
    return Arrays.copyOf(output.array(), output.position());
  }

  /** A request's bytes. */
  static byte[] encode(String... words) {
    return encode(Arrays.stream(words).map(RespClient::bytes).toList());
  }

  /** The bytes of a text whose characters each stand for one byte. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void makeRoom() {
    int size = to - from;
    byte[] target = size == buffer.length ? Arrays.copyOf(buffer, 2 * size) : buffer;
    System.arraycopy(buffer, from, target, 0, size);
    buffer = target;
    from = 0;
    to = size;
  }
}
