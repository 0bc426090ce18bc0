package io.bitkv.client;

import io.bitkv.api.KeyspaceId;
import java.nio.charset.StandardCharsets;

/**
 * A keyspace as requests name it.
 *
 * @param id the keyspace
 * @param name its name in the KV commands
 * @param isSelected whether it is the database that the client's connections have selected, so that Redis's commands reach it
 */
record Space(KeyspaceId id, byte[] name, boolean isSelected) {

  /**
   * Names a keyspace.
   *
   * @param database the database of the client's connections, which stands for the default keyspace
   */
  static Space of(KeyspaceId id, int database) {
    return switch (id) {
      case KeyspaceId.Named named -> new Space(id, bytes('@' + named.name()), false);
      case KeyspaceId.Numbered numbered -> {
        int number = id.equals(KeyspaceId.DEFAULT) ? database : numbered.number();
        yield new Space(id, bytes(Integer.toString(number)), number == database);
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Tells whether Redis's own commands reach this keyspace.
   *
   * @throws io.bitkv.api.UnsupportedFeatureException if neither they nor others do
   */
  boolean isReachedByRedisCommands(ServerInfo server) {
    if (!server.hasKvCommands()) {
      requireSelected(server);
    }
    return isSelected;
  }

  /** Refuses a keyspace on a server that has no commands to reach it. */
  void requireSelected(ServerInfo server) {
    if (!isSelected) {
      throw server.lacks(
          id instanceof KeyspaceId.Named
              ? "named keyspaces"
              : "requests to keyspace " + id + " on a connection that selected another (make a client with the database in its address)");
    }
  }

}
