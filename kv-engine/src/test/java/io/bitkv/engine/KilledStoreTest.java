package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a store is opened whose newest segment was not sealed, with entries in its file and in the staging file. */
class KilledStoreTest {
  private static final String SEGMENT = FileNames.segment(1);

  private final StoreOptions options = TestStores.options().withSegmentBytes(64 << 20);
  private final MemoryDisk disk = new MemoryDisk(true);
  private final Map<String, String> model = new TreeMap<>();

  private void put(EmbeddedStore store, String key, String value, Put how) {
    store.put(bytes(key), bytes(value), how);
    model.put(key, value);
  }

  /** The directory as it is if the process ends now. */
  private MemoryDisk kill() {
    return CrashState.killed(disk, disk.traced());
  }

  private static Map<String, String> open(MemoryDisk left, StoreOptions options) {
    try (EmbeddedStore store = KVStore.open(left.hold(), options)) {
      return contents(store);
    }
  }

  @Test
  @DisplayName("theNewestSegmentIsReadOnce: to find its end, to check it and to load it")
  void theNewestSegmentIsReadOnce() {
    MemoryDisk left;
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      for (int i = 0; i < 4_500; i++) {
        put(store, "key" + i, "v".repeat(1_000), Put.always());
      }
      left = kill();
    }
    int length = left.file(SEGMENT).size();
    assertTrue(length > 4_000_000 && length < 4_500_000, length + " bytes, and the rest is staged");
    AtomicLong read = new AtomicLong();
    left.faults =
        call -> {
          if (call.kind() == Faults.Kind.READ && call.file().equals(SEGMENT)) {
            read.addAndGet(call.bytes());
          }
        };
    try (EmbeddedStore store = KVStore.open(left.hold(), options)) {
      assertTrue(read.get() >= length && read.get() < 1.5 * length, read + " of " + length + " bytes");
      assertEquals(model, contents(store));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F28 stagedEntriesTakeThePlaceOfZerosAhead: which had been read by then")
  void stagedEntriesTakeThePlaceOfZerosAhead(DirectoryKind kind) {
    MemoryDisk left;
    long end;
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      for (int i = 0; i < 50; i++) {
        put(store, "key" + i % 7, "durable " + i, Put.always().durable());
      }
      for (int i = 0; i < 9; i++) {
        put(store, "key" + i, "staged " + i, Put.always());
      }
      end = store.stats().segments().getFirst().fileBytes();
      left = kill();
    }
    assertTrue(left.file(SEGMENT).size() > end, "there are zeros behind all that is staged");
    for (StoreOptions.OnDamage onDamage : StoreOptions.OnDamage.values()) {
      assertEquals(model, open(CrashState.killed(left, left.traced()), options.withDirectoryKind(kind).withOnDamage(onDamage)));
    }
  }
}
