package io.bitkv.client;

import io.bitkv.api.RejectedException;
import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import io.bitkv.codec.resp.ReplyLimits;
import io.bitkv.codec.resp.ReplyParser;
import io.bitkv.codec.resp.RequestWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/**
 * The first words on a link: {@code HELLO 3} with the credentials and the client's name, or for a server that does not know it the older
 * commands one by one; then the database.
 */
final class Handshake {

  /** A reply that is longer than this is none that a handshake has. */
  private static final ReplyLimits LIMITS = new ReplyLimits(64 << 10, 1024, 8, 16 << 10);

  private final Wire wire;
  private final Connector.Readiness readiness;
  private final ReplyParser parser = new ReplyParser(LIMITS);
  private final byte[] buffer = new byte[(int) LIMITS.maxBytes()];
  private int from;
  private int to;

  Handshake(Wire wire, Connector.Readiness readiness) {
    this.wire = wire;
    this.readiness = readiness;
  }

  /**
   * Introduces the client.
   *
   * @return what the server said of itself
   * @throws RejectedException if the server refuses the client or the database
   */
  ServerInfo run(ClientOptions options) throws IOException {
    int database = options.target().database();
    ServerInfo server;
    try {
      Reply hello = hello(options.identity());
      if (ServerInfo.isUnknownCommand(hello)) {
        introduceByOlderCommands(options.identity());
        server = ServerInfo.silent(database);
      } else {
        server = ServerInfo.of(accepted(hello), database);
      }
    } catch (ProtocolException e) {
      throw new IOException("what answers does not speak the Redis protocol: " + e.getMessage(), e);
    }
    ask("CLIENT", "SETINFO", "LIB-NAME", "bitkv");
    if (options.cache() != null) {
      track(server);
    }
    if (database != 0) {
      accepted(ask("SELECT", Integer.toString(database)));
    }
    while (from != to) {
      if (!(receive() instanceof Reply.Push)) {
        throw new IOException("the server sent more than it was asked for");
      }
    }
    return server;
  }

  /** Asks to be told of changes to what this connection reads. What it says of them before anything was read means nothing. */
  private void track(ServerInfo server) throws IOException {
    Reply reply = server.protocol() < 3 ? null : ask("CLIENT", "TRACKING", "ON");
    if (reply == null || ServerInfo.isUnknownCommand(reply) || ServerInfo.isUnknownSubcommand(reply)) {
      throw server.lacks("word of changes (CLIENT TRACKING over RESP3), without which a client must not have a cache");
    }
    accepted(reply);
  }

  private Reply hello(ClientOptions.Identity identity) throws IOException {
    int arguments = 2 + (identity.password() == null ? 0 : 3) + (identity.clientName() == null ? 0 : 2);
    String[] words = new String[arguments];
    words[0] = "HELLO";
    words[1] = "3";
    int next = 2;
    if (identity.password() != null) {
      words[next++] = "AUTH";
      words[next++] = identity.user();
      words[next++] = identity.password().get();
    }
    if (identity.clientName() != null) {
      words[next++] = "SETNAME";
      words[next] = identity.clientName();
    }
    return ask(words);
  }

  private void introduceByOlderCommands(ClientOptions.Identity identity) throws IOException {
    if (identity.password() != null) {
      boolean isDefault = identity.user().equals("default");
      String password = identity.password().get();
      accepted(isDefault ? ask("AUTH", password) : ask("AUTH", identity.user(), password));
    }
    if (identity.clientName() != null) {
      accepted(ask("CLIENT", "SETNAME", identity.clientName()));
    }
  }

  private static Reply accepted(Reply reply) throws IOException {
    if (reply instanceof ErrorReply error) {
      if (Failures.isPassing(error)) {
        throw new IOException("the server is not ready: " + error.text());
      }
      throw new RejectedException(error.code(), error.text());
    }
    return reply;
  }

  private Reply ask(String... words) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput(256);
    RequestWriter writer = new RequestWriter(output);
    writer.begin(words.length);
    for (String word : words) {
      writer.argument(word);
    }
    int written = 0;
    while (written < output.position() || !wire.flush()) {
      int count = wire.write(output.array(), written, output.position() - written);
      written += count;
      if (count == 0) {
        readiness.await(SelectionKey.OP_WRITE);
      }
    }
    Reply reply = receive();
    while (reply instanceof Reply.Push) {
      reply = receive();
    }
    return reply;
  }

  private Reply receive() throws IOException {
    while (!parser.parse(buffer, from, to)) {
      from = parser.next();
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
      int count = wire.read(buffer, to, buffer.length - to);
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      to += count;
      if (count == 0) {
        readiness.await(SelectionKey.OP_READ);
      }
    }
    from = parser.next();
    return parser.reply();
  }
}
