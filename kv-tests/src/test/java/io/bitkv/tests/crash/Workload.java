package io.bitkv.tests.crash;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Put;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.Bytes;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes that follow from a seed and their number, so that the process that makes them and the one that checks them need not talk about
 * them. Each lane has two keyspaces of its own.
 *
 * @param seed what all follows from
 * @param lane which of several sequences of writes this is
 */
record Workload(long seed, int lane) {

  private static final int KEYS = 150;
  private static final int BATCH = 6;

  /** The keyspaces of this lane. */
  List<KeyspaceId> keyspaces() {
    return List.of(new KeyspaceId.Named("lane " + lane), new KeyspaceId.Numbered(lane));
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(seed * 31 + lane * 1_000_003L + number * 7_919);
  }

  /** Whether the write of a number is acknowledged once it is on the disk, whatever the store's policy. */
  boolean isDurable(long number) {
    SplittableRandom random = random(number);
    random.nextInt(2);
    return isDurableKind(random.nextInt(1000));
  }

  private static boolean isDurableKind(int kind) {
    return kind >= 600 && kind < 700;
  }

  /** Makes the write of a number; it always writes something. */
  void write(KeyValueStore store, long number) {
    SplittableRandom random = random(number);
    Keyspace keyspace = store.keyspace(keyspaces().get(random.nextInt(2)));
    int kind = random.nextInt(1000);
    if (kind < 600) {
      keyspace.put(key(random), value(random));
    } else if (isDurableKind(kind)) {
      keyspace.put(key(random), value(random), Put.always().durable().expiring(new Expiry.At(Long.MAX_VALUE - number)));
    } else if (kind < 850) {
      keyspace.delete(key(random));
    } else if (kind < 940) {
      store.commit(batch(random));
    } else if (kind < 998) {
      move(store, random);
    } else {
      keyspace.clear();
    }
  }

  private WriteBatch batch(SplittableRandom random) {
    WriteBatch batch = new WriteBatch();
    for (int i = random.nextInt(2, BATCH); i > 0; i--) {
      KeyspaceId id = keyspaces().get(random.nextInt(2));
      if (random.nextInt(4) == 0) {
        batch.delete(new KeyRef(id, key(random)));
      } else {
        batch.put(id, key(random), value(random));
      }
    }
    return batch;
  }

  /** Moves a value from the one keyspace to the other; if there is none, stores one there. */
  private void move(KeyValueStore store, SplittableRandom random) {
    KeyRef from = new KeyRef(keyspaces().getFirst(), key(random));
    KeyRef to = new KeyRef(keyspaces().getLast(), key(random));
    byte[] otherwise = value(random);
    store.atomically(
        List.of(from, to),
        transaction -> {
          byte[] moved = transaction.keyspace(from.keyspace()).get(from.key()).orElse(otherwise);
          transaction.keyspace(from.keyspace()).delete(from.key());
          return transaction.keyspace(to.keyspace()).put(to.key(), moved);
        });
  }

  private static byte[] key(SplittableRandom random) {
    return Bytes.bytes("key" + random.nextInt(KEYS));
  }

  private static byte[] value(SplittableRandom random) {
    return Bytes.random(random.nextLong(), random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(300));
  }
}
