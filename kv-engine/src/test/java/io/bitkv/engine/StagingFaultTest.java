package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Segments that cannot be written: what is staged already was acknowledged, and is not lost. */
class StagingFaultTest {
  private static final byte[] VALUE = new byte[1_000];

  /** A value that fits into the staging file as it turns out, though an entry of that length might not. */
  private static final byte[] FILLING = new byte[StagingFile.LENGTH - StagingFile.HEADER_LENGTH - 30];

  private final StoreOptions options = TestStores.options().withSegmentBytes(1 << 20);
  private final Map<String, String> acknowledged = new TreeMap<>();
  private final MemoryDisk disk = new MemoryDisk(true);

  /** Half of each write to a segment gets through from now on. */
  private void fail(IOException fault) {
    disk.faults =
        call -> {
          if (call.kind() == Faults.Kind.WRITE && call.file().endsWith(".data")) {
            throw new Faults.Partial(call.bytes() / 2, fault);
          }
        };
  }

  private EmbeddedStore open() {
    return KVStore.open(disk.hold(), options);
  }

  private void put(EmbeddedStore store, String key) {
    store.put(TestStores.bytes(key), VALUE);
    acknowledged.put(key, TestStores.text(VALUE));
  }

  private void putUntilRefused(EmbeddedStore store) {
    assertThrows(
        WritesRefusedException.class,
        () -> {
          for (int i = 0; i < 1_000; i++) {
            put(store, "key" + i);
          }
        });
    assertTrue(acknowledged.size() > 100, "only " + acknowledged.size());
    acknowledged.keySet().forEach(key -> assertArrayEquals(VALUE, store.get(TestStores.bytes(key)).orElseThrow()));
  }

  private void expectAcknowledged() {
    disk.faults = Faults.none();
    try (EmbeddedStore store = open()) {
      assertEquals(acknowledged, TestStores.contents(store));
    }
  }

  @Test
  @DisplayName("F49 fullDiskLosesNothingThatIsStagedAndWritesResume: a sync fails meanwhile, and may be asked for again")
  void fullDiskLosesNothingThatIsStagedAndWritesResume() {
    try (EmbeddedStore store = open()) {
      put(store, "before");
      fail(new DiskFullException(Path.of("segment"), new IOException("No space left on device")));
      putUntilRefused(store);
      assertThrows(SyncFailedException.class, store::sync);
      disk.faults = Faults.none();
      put(store, "after");
      store.sync();
      assertEquals(store.lastSequence(), store.durableSequence());
      assertTrue(store.stats().health().isWritable());
    }
    expectAcknowledged();
  }

  @Test
  @DisplayName("F43 failedWriteStopsTheStoreAndLosesNothingThatIsStaged")
  void failedWriteStopsTheStoreAndLosesNothingThatIsStaged() {
    EmbeddedStore store = open();
    put(store, "before");
    fail(new IOException("Input/output error"));
    putUntilRefused(store);
    disk.faults = Faults.none();
    assertThrows(WritesRefusedException.class, () -> store.put(TestStores.bytes("late"), VALUE));
    assertThrows(SyncFailedException.class, store::close);
    expectAcknowledged();
  }

  @Test
  @DisplayName("F43 failedWriteIsNotFoundInTheStagingFile: even if all of it is there, and the process ends at once")
  void failedWriteIsNotFoundInTheStagingFile() {
    try (EmbeddedStore store = open()) {
      put(store, "before");
      fail(new DiskFullException(Path.of("segment"), new IOException("No space left on device")));
      assertThrows(WritesRefusedException.class, () -> store.put(TestStores.bytes("key"), FILLING));
      int end = disk.traced();
      try (EmbeddedStore again = KVStore.open(CrashState.at(disk, end, CrashState.ALL).hold(), options)) {
        assertEquals(acknowledged, TestStores.contents(again));
      }
      disk.faults = Faults.none();
    }
    expectAcknowledged();
  }

  @Test
  @DisplayName("F49 storeClosedOnAFullDiskKeepsWhatIsStaged: the directory is given up, and the next opening has all")
  void storeClosedOnAFullDiskKeepsWhatIsStaged() {
    EmbeddedStore store = open();
    put(store, "before");
    fail(new DiskFullException(Path.of("segment"), new IOException("No space left on device")));
    assertThrows(SyncFailedException.class, store::close);
    expectAcknowledged();
  }
}
