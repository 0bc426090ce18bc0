package io.bitkv.server;

import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.ReplyLimits;
import io.bitkv.codec.resp.ReplyParser;
import io.bitkv.codec.resp.RequestWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A connection of this program to a running server: one request, one reply. */
final class RemoteConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int REPLY_MILLIS = 60_000;
  private static final int BUFFER_BYTES = 64 << 10;

  private final String host;
  private final int port;
  private final List<List<byte[]>> greeting;
  private final String address;
  private final Socket socket = new Socket();
  private final ReplyParser parser = new ReplyParser(ReplyLimits.DEFAULT);
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  /**
   * Connects.
   *
   * @param greeting what is sent first, such as a password
   * @throws RemoteException if nobody answers there, or the greeting with an error
   */
  RemoteConnection(String host, int port, List<List<byte[]>> greeting) {
    this.host = host;
    this.port = port;
    this.greeting = greeting;
    address = host + ":" + port;
    connect();
    try {
      greeting.forEach(this::call);
    } catch (RemoteException e) {
      close();
      throw e;
    }
  }

  /**
   * Connects once more, in the same way.
   *
   * @throws RemoteException as the constructor does
   */
  RemoteConnection another() {
    return new RemoteConnection(host, port, greeting);
  }

  private void connect() {
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setSoTimeout(REPLY_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      close();
      throw new RemoteException(
          "cannot connect to "
              + address
              + ": "
              + e.getMessage()
              + "; start a server with: kv server --port "
              + port,
          e);
    }
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @throws RemoteException if the server answers with an error, or not at all
   */
  Reply call(List<byte[]> request) {
    return callAll(List.of(request)).getFirst();
  }

  /**
   * Sends requests together, and waits for the replies of all of them.
   *
   * @throws RemoteException if the server answers one with an error, or not at all
   */
  List<Reply> callAll(List<List<byte[]>> requests) {
    try {
      ByteArrayOutput output = new ByteArrayOutput(BUFFER_BYTES);
      RequestWriter writer = new RequestWriter(output);
      for (List<byte[]> request : requests) {
        writer.begin(request.size());
        request.forEach(writer::argument);
      }
      socket.getOutputStream().write(output.array(), 0, output.position());
      List<Reply> replies = new ArrayList<>(requests.size());
      while (replies.size() < requests.size()) {
        replies.add(read(socket.getInputStream()));
      }
      for (Reply reply : replies) {
        if (reply instanceof Reply.ErrorReply error) {
          throw new RemoteException("the server at " + address + " refuses: " + error.text(), null);
        }
      }
      return replies;
    } catch (IOException | ProtocolException e) {
      throw new RemoteException("the connection to " + address + " broke: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new RemoteException(
          "the connection to " + address + " could not be closed: " + e.getMessage(), e);
    }
  }

  private Reply read(InputStream input) throws IOException {
    while (!parser.parse(buffer, from, to)) {
      from = parser.next();
      makeRoom();
      int count = input.read(buffer, to, buffer.length - to);
      if (count < 0) {
        throw new EOFException("the server closed it");
      }
      to += count;
    }
    from = parser.next();
    return parser.reply();
  }

  /** Moves what is unread to the beginning, to an array of twice the size if it fills this one. */
  private void makeRoom() {
    int size = to - from;
    byte[] target = size == buffer.length ? Arrays.copyOf(buffer, 2 * size) : buffer;
    System.arraycopy(buffer, from, target, 0, size);
    buffer = target;
    from = 0;
    to = size;
  }
}
