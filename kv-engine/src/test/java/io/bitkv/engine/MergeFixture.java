package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import java.time.Instant;

/** A store on a {@link MemoryDisk} with small segments, which merges when it is told to, and a clock that is set by hand. */
final class MergeFixture {
  final MemoryDisk disk = new MemoryDisk(true);
  final RecordingListener listener = new RecordingListener();
  long now = 1_000_000;
  StoreOptions options = TestStores.options().withListener(listener).withClock(() -> Instant.ofEpochMilli(now));

  EmbeddedStore open() {
    return KVStore.open(disk.hold(), options);
  }

  /** Puts a range of numbered keys. */
  static void fill(EmbeddedStore store, String prefix, int from, int to, String value) {
    for (int i = from; i < to; i++) {
      store.put(bytes(prefix + i), bytes(value + i));
    }
  }

  /** How many files have names with an ending. */
  long count(String ending) {
    return disk.list().stream().filter(file -> file.name().endsWith(ending)).count();
  }
}
