package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores of a few small segments to be damaged, and what they hold. */
final class DamageFixture {
  static final StoreOptions QUARANTINE = TestStores.options().withOnDamage(StoreOptions.OnDamage.QUARANTINE);

  final MemoryDisk disk = new MemoryDisk();

  /** What the store holds after each write. */
  final List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));

  /** The length of the newest segment when it was last synced, and in the end. */
  int durableEnd;

  int end;

  private final Map<String, String> model = new TreeMap<>();

  /** Three sealed segments. */
  static DamageFixture sealed() {
    DamageFixture fixture = new DamageFixture();
    for (int segment = 1; segment <= 3; segment++) {
      try (EmbeddedStore store = KVStore.open(fixture.disk.hold(), TestStores.options())) {
        for (int i = 0; i < 4; i++) {
          fixture.put(store, "key" + (i + segment) % 5, "value " + i + " of segment " + segment);
        }
        store.delete(bytes("key" + segment));
        fixture.remove("key" + segment);
        store.put(bytes("expiring"), bytes("later " + segment), Put.always().expiring(new Expiry.At(Long.MAX_VALUE)));
        fixture.note("expiring", "later " + segment);
      }
    }
    return fixture;
  }

  /** A sealed segment, and one that was not sealed when the process ended; its first half is durable, and later entries say so. */
  static DamageFixture unsealed() {
    DamageFixture fixture = new DamageFixture();
    try (EmbeddedStore store = KVStore.open(fixture.disk.hold(), TestStores.options())) {
      fixture.put(store, "old", "in the first segment");
    }
    DamageFixture crashed = new DamageFixture();
    crashed.states.addAll(fixture.states.subList(1, fixture.states.size()));
    crashed.model.putAll(fixture.model);
    try (EmbeddedStore store = KVStore.open(fixture.disk.hold(), TestStores.options())) {
      for (int i = 0; i < 6; i++) {
        crashed.put(store, "key" + i, "durable value " + i);
      }
      store.sync();
      crashed.durableEnd = fixture.newest().size();
      for (int i = 3; i < 9; i++) {
        crashed.put(store, "key" + i, "value " + i + " that no sync covers");
      }
      store.commit(new WriteBatch().put(bytes("key0"), bytes("batch")).put(bytes("key9"), bytes("batch")).delete(bytes("key1")));
      crashed.model.putAll(Map.of("key0", "batch", "key9", "batch"));
      crashed.remove("key1");
      crashed.end = fixture.newest().size();
      crashed.disk.files.putAll(CrashState.at(fixture.disk, fixture.disk.traced(), CrashState.ALL).files);
    }
    return crashed;
  }

  private void put(EmbeddedStore store, String key, String value) {
    store.put(bytes(key), bytes(value));
    note(key, value);
  }

  private void note(String key, String value) {
    model.put(key, value);
    states.add(Map.copyOf(model));
  }

  private void remove(String key) {
    model.remove(key);
    states.add(Map.copyOf(model));
  }

  Map<String, String> last() {
    return states.getLast();
  }

  /** Whether a value was ever written under a key. */
  boolean wasWritten(String key, String value) {
    return states.stream().anyMatch(state -> value.equals(state.get(key)));
  }

  /** The segment with the highest id. */
  MemoryFile newest() {
    return disk.files.entrySet().stream()
        .filter(file -> FileNames.segmentId(file.getKey()).isPresent())
        .reduce((file, later) -> later)
        .orElseThrow()
        .getValue();
  }

  /** A copy of the disk, to be damaged; with nothing that makes a start faster, so that the segments themselves are read. */
  MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    disk.files.forEach(
        (name, file) -> {
          if (FileNames.hintId(name).isEmpty() && !name.equals(FileNames.SNAPSHOT)) {
            copy.files.put(name, name.equals(FileNames.RESERVE) ? file : copy(file));
          }
        });
    return copy;
  }

  static MemoryFile copy(MemoryFile file) {
    MemoryFile copy = new MemoryFile(file.toString());
    copy.write(0, file.bytes(), file.size());
    return copy;
  }

  static void flip(MemoryFile file, int at, int mask) {
    file.write(at, new byte[] {(byte) (file.bytes()[at] ^ mask)}, 1);
  }

  /** The content of all files. */
  static Map<String, ByteBuffer> content(MemoryDisk disk) {
    Map<String, ByteBuffer> content = new HashMap<>();
    disk.files.forEach((name, file) -> content.put(name, ByteBuffer.wrap(file.bytes())));
    return content;
  }

  static Map<String, String> open(MemoryDisk disk, StoreOptions options) {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      return TestStores.contents(store);
    }
  }
}
