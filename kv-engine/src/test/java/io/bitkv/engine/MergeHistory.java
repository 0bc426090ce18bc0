package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.WriteBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A history of writes and merges on a {@link MemoryDisk} under a clock that stands still, and what the store holds after each of them. */
final class MergeHistory {
  private static final KeyspaceId OTHER = new KeyspaceId.Numbered(7);
  private static final long NOW = 1_000_000;
  private static final long LATER = 2_000_000;

  /** After an operation: the contents, the same once the clock stands later, where the trace stood, and whether it is durable. */
  private record Moment(Map<String, String> contents, Map<String, String> later, int began, int ended, boolean isDurable) {}

  final MemoryDisk disk;
  final StoreOptions options;
  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, String> model = new TreeMap<>();
  private final Map<String, String> expiring = new TreeMap<>();
  private final Random random;
  private EmbeddedStore store;

  MergeHistory(MemoryDisk disk, long seed, StoreOptions options) {
    this.disk = disk;
    random = new Random(seed);
    this.options = options.withMerges(options.merges().withEnabled(false)).withClock(() -> Instant.ofEpochMilli(NOW));
    moments.add(new Moment(Map.of(), Map.of(), 0, 0, true));
  }

  /** Runs operations, merges and a restart among them. */
  MergeHistory run(int operations) {
    store = KVStore.open(disk.hold(), options);
    for (int i = 0; i < operations; i++) {
      int began = disk.traced();
      boolean isDurable = step(i % 12 == 11, i == operations / 2);
      moments.add(new Moment(Map.copyOf(model), later(), began, disk.traced(), isDurable));
    }
    store.close();
    return this;
  }

  private Map<String, String> later() {
    Map<String, String> later = new TreeMap<>(model);
    later.keySet().removeAll(expiring.keySet());
    return later;
  }

  private boolean step(boolean isMerge, boolean isRestart) {
    if (isRestart) {
      store.close();
      store = KVStore.open(disk.hold(), options);
      return true;
    }
    if (isMerge) {
      store.merges().run(random.nextBoolean());
      return false;
    }
    String key = "key" + random.nextInt(14);
    switch (random.nextInt(8)) {
      case 0, 1 -> delete(key);
      case 2 -> {
        store.keyspace(OTHER).put(bytes(key), bytes("other"));
        model.put("other " + key, "other");
      }
      case 3 -> {
        if (random.nextInt(3) == 0) {
          store.keyspace(OTHER).clear();
          model.keySet().removeIf(name -> name.startsWith("other "));
        }
      }
      case 4 -> {
        store.commit(new WriteBatch().put(bytes(key), bytes("batch")).put(bytes("key0"), bytes("batch")));
        put(key, "batch");
        put("key0", "batch");
      }
      case 5 -> {
        String value = value();
        store.put(bytes(key), bytes(value), Put.always().expiresAt(Instant.ofEpochMilli(LATER)));
        put(key, value);
        expiring.put(key, value);
      }
      default -> {
        String value = value();
        boolean isDurable = random.nextInt(4) == 0;
        store.put(bytes(key), bytes(value), isDurable ? Put.always().durable() : Put.always());
        put(key, value);
        return isDurable;
      }
    }
    return false;
  }

  private String value() {
    return ("value " + random.nextInt(1000) + " ").repeat(1 + random.nextInt(60));
  }

  private void put(String key, String value) {
    model.put(key, value);
    expiring.remove(key);
  }

  private void delete(String key) {
    store.delete(bytes(key));
    model.remove(key);
    expiring.remove(key);
  }

  private static Map<String, String> contents(EmbeddedStore store) {
    Map<String, String> contents = new TreeMap<>(TestStores.contents(store));
    TestStores.contents(store.keyspace(OTHER)).forEach((key, value) -> contents.put("other " + key, value));
    return contents;
  }

  /** Opens what a crash left, and checks it against the history; again later, with merges and a write in between. */
  void check(MemoryDisk left, int moment, boolean isPowerCut, String crash) {
    Map<String, String> recovered;
    int state;
    try (EmbeddedStore opened = KVStore.open(left.hold(), options)) {
      recovered = contents(opened);
      state = find(recovered, moment, isPowerCut, crash);
    } catch (RuntimeException e) {
      throw new AssertionError("not opened after " + crash + " at " + moment, e);
    }
    assertDisjoint(left, crash + " at " + moment);
    try (EmbeddedStore opened = KVStore.open(left.hold(), options)) {
      assertEquals(recovered, contents(opened), () -> "the second opening differs after " + crash + " at " + moment);
      opened.merges().run(true);
      assertEquals(recovered, contents(opened), () -> "a merge changed something after " + crash + " at " + moment);
      opened.put(bytes("new"), bytes("write"));
    }
    Map<String, String> expected = new TreeMap<>(moments.get(state).later);
    expected.put("new", "write");
    StoreOptions laterOptions = options.withClock(() -> Instant.ofEpochMilli(LATER));
    for (int i = 0; i < 2; i++) {
      try (EmbeddedStore opened = KVStore.open(left.hold(), laterOptions)) {
        assertEquals(expected, contents(opened), () -> "the later opening differs after " + crash + " at " + moment);
        opened.merges().run(true);
      }
    }
  }

  /** After an opening no two segments answer for the same entries: what merges left over when they were cut off is gone. */
  private void assertDisjoint(MemoryDisk disk, String crash) {
    Damage damage = new Damage(options.onDamage(), disk, new Events(options.listener()));
    TreeMap<Long, SegmentProbe> byBase = new TreeMap<>();
    for (Disk.Found found : disk.list()) {
      OptionalInt id = FileNames.segmentId(found.name());
      try {
        SegmentProbe probe = id.isPresent() ? SegmentProbe.of(disk, id.getAsInt(), damage) : null;
        if (probe != null && Coverage.last(probe.header(), probe.footer()) >= probe.header().baseSequence()) {
          assertNull(byBase.put(probe.header().baseSequence(), probe), "two segments begin alike after " + crash);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    long covered = 0;
    for (SegmentProbe probe : byBase.values()) {
      assertTrue(probe.header().baseSequence() > covered, "segments overlap after " + crash);
      covered = Coverage.last(probe.header(), probe.footer());
    }
  }

  private int find(Map<String, String> recovered, int moment, boolean isPowerCut, String crash) {
    int from = 0;
    int to = 0;
    for (int i = 0; i < moments.size(); i++) {
      Moment then = moments.get(i);
      from = then.ended <= moment && (then.isDurable || !isPowerCut) ? i : from;
      to = then.began < moment || then.ended <= moment ? i : to;
    }
    for (int i = to; i >= from; i--) {
      if (moments.get(i).contents.equals(recovered)) {
        return i;
      }
    }
    int first = from;
    int last = to;
    assertTrue(false, () -> "after " + crash + " at " + moment + " the store is not as after " + first + " to " + last + " operations: " + recovered.keySet());
    return -1;
  }
}
