package io.bitkv.client;

import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.util.Locale;
import java.util.Map;

/**
 * What a server said of itself when a connection was made.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="server"}
 *
 * @param product its name: {@code bitkv}, {@code redis} or another that speaks the protocol
 * @param version the product's version; {@code unknown} if it did not say
 * @param protocol the version of the Redis protocol that the connection speaks, 2 or 3
 * @param kvVersion the version of the KV commands it has, see {@code docs/PROTOCOL-KV.md}; 0 if it has none
 * @param database the number of the database that was selected
 */
public record ServerInfo(String product, String version, int protocol, int kvVersion, int database) {

  /** Understands the reply to {@code HELLO}. */
  static ServerInfo of(Reply hello, int database) {
    Map<String, Reply> fields = hello.asMap();
    int protocol = fields.containsKey("proto") ? (int) fields.get("proto").asLong() : 2;
    return new ServerInfo(text(fields, "server", "redis"), text(fields, "version", "unknown"), protocol, kvVersion(fields), database)
        .named();
  }

  /** A server that knows no {@code HELLO}. */
  static ServerInfo silent(int database) {
    return new ServerInfo("redis", "unknown", 2, 0, database);
  }

  private static String text(Map<String, Reply> fields, String name, String otherwise) {
    return fields.containsKey(name) ? fields.get(name).asString() : otherwise;
  }

  private static int kvVersion(Map<String, Reply> fields) {
    if (!fields.containsKey("modules")) {
      return 0;
    }
    for (Reply module : fields.get("modules").asList()) {
      Map<String, Reply> about = module.asMap();
      if (about.containsKey("name") && about.get("name").asString().equals("bitkv")) {
        return about.containsKey("ver") ? (int) about.get("ver").asLong() : 0;
      }
    }
    return 0;
  }

  /** A server that has the KV commands may give itself out for redis, so that other clients get along with it. */
  private ServerInfo named() {
    return kvVersion > 0 ? new ServerInfo("bitkv", version, protocol, kvVersion, database) : this;
  }

  /**
   * Tells whether the server has versions, named keyspaces, conditional writes by version, and transactions.
   *
   * @return whether it has the KV commands
   */
  public boolean hasKvCommands() {
    return kvVersion > 0;
  }

  /** Refuses what only the KV commands can do. */
  void requireKvCommands(String feature) {
    if (!hasKvCommands()) {
      throw lacks(feature);
    }
  }

  /** The refusal of something that this server lacks. */
  UnsupportedFeatureException lacks(String feature) {
    return new UnsupportedFeatureException(product + " " + version + " lacks " + feature + "; a bitkv server has it");
  }

  /** Whether a reply says that the second word of a command is not known. */
  static boolean isUnknownSubcommand(Reply reply) {
    return reply instanceof ErrorReply error && error.message().toLowerCase(Locale.ROOT).startsWith("unknown subcommand");
  }

  /** Whether a reply says that the command is not known. */
  static boolean isUnknownCommand(Reply reply) {
    return reply instanceof ErrorReply error && (error.code().equals("NOPROTO") || error.message().startsWith("unknown command"));
  }
}
