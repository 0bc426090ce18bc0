package io.bitkv.tests.history;

import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.tests.model.Bytes;
import java.util.List;
import java.util.stream.IntStream;

/** The few keys and keyspaces that histories write, by small numbers, so that they meet each other often. */
final class Space {

  /** The keyspaces. */
  static final List<KeyspaceId> IDS =
      List.of(
          KeyspaceId.DEFAULT,
          new KeyspaceId.Numbered(1),
          new KeyspaceId.Named("1"),
          new KeyspaceId.Named("\u4e16\u754c"));

  /** How many keys each keyspace has at most. */
  static final int KEYS = 12;

  /** Every key of every keyspace. */
  static final List<KeyRef> REFS =
      IDS.stream().flatMap(id -> IntStream.range(0, KEYS).mapToObj(number -> new KeyRef(id, key(number)))).toList();

  private Space() {}

  static Keyspace of(Keyspaces store, int space) {
    return store.keyspace(IDS.get(space));
  }

  /** The bytes of a key: the first is empty, some are binary, some long, the others short and alike. */
  static byte[] key(int number) {
    return switch (number) {
      case 0 -> new byte[0];
      case 1 -> Bytes.allValues();
      case 2 -> Bytes.raw(0);
      case 3 -> Bytes.raw(0, 0);
      case 4 -> Bytes.random(4, 700);
      default -> Bytes.bytes("k" + number);
    };
  }
}
