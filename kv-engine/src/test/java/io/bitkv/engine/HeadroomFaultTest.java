package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.api.WritesRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Zeros that cannot be written ahead of a segment's entries: a full disk makes do without, any other failure stops the store. */
class HeadroomFaultTest {
  private static final String SEGMENT = FileNames.segment(1);

  private final RecordingListener listener = new RecordingListener();
  private final StoreOptions options = TestStores.options().withSegmentBytes(4 << 20).withListener(listener);
  private final MemoryDisk disk = new MemoryDisk(true);
  private final Map<String, String> model = new TreeMap<>();

  private void putDurably(EmbeddedStore store, String key, String value) {
    store.put(bytes(key), bytes(value), Put.always().durable());
    model.put(key, value);
  }

  private void fill(EmbeddedStore store, int count) {
    for (int i = 0; i < count; i++) {
      putDurably(store, "key" + i, "value");
    }
  }

  private EmbeddedStore open() {
    return KVStore.open(disk.hold(), options);
  }

  /** Where the entries of the segment end. */
  private static int end(EmbeddedStore store) {
    return (int) store.stats().segments().getLast().fileBytes();
  }

  private void expectAcknowledged() {
    try (EmbeddedStore store = open()) {
      assertEquals(model, contents(store));
    }
  }

  @Test
  @DisplayName("F49 fullDiskTakesAllEntriesThatFit: zeros take no room from them, and writes resume")
  void fullDiskTakesAllEntriesThatFit() {
    try (EmbeddedStore store = open()) {
      fill(store, 3);
      long limit = disk.file(SEGMENT).size() + 5_000;
      disk.capacity = disk.used() + 5_000;
      int before = end(store);
      putDurably(store, "key", "v".repeat(100));
      int entry = end(store) - before;
      assertThrows(
          SyncFailedException.class,
          () -> {
            while (end(store) <= limit) {
              putDurably(store, "key", "v".repeat(100));
            }
          });
      assertFalse(store.stats().health().isWritable());
      int written = disk.file(SEGMENT).size();
      assertTrue(written + entry + 1 > limit, "entries to " + written + " of " + limit);
      disk.capacity = Long.MAX_VALUE;
      putDurably(store, "key", "after");
      assertTrue(store.stats().health().isWritable());
      assertEquals(model, contents(store));
    }
    expectAcknowledged();
  }

  /** Lets the first write of zeros fail, after some of them. */
  private void failZeros(IOException failure) {
    int[] writes = new int[1];
    disk.faults =
        call -> {
          if (call.kind() == Faults.Kind.WRITE && call.file().equals(SEGMENT) && writes[0]++ == 1) {
            throw new Faults.Partial(call.bytes() / 2, failure);
          }
        };
  }

  /** Puts until there are so few zeros left that a longer entry reaches beyond them. */
  private void useUp(EmbeddedStore store) {
    while (disk.file(SEGMENT).size() - end(store) >= 100) {
      putDurably(store, "key", "v".repeat(10));
    }
  }

  @Test
  @DisplayName("F49 fullDiskWhileZerosAreWrittenIsNoFailure: the put succeeds, the zeros go, and no others come in this segment")
  void fullDiskWhileZerosAreWrittenIsNoFailure() {
    try (EmbeddedStore store = open()) {
      fill(store, 5);
      useUp(store);
      failZeros(new DiskFullException(Path.of(SEGMENT), null));
      putDurably(store, "key", "v".repeat(100));
      assertEquals(end(store), disk.file(SEGMENT).size());
      assertTrue(store.stats().health().isWritable());
      disk.faults = Faults.none();
      fill(store, 5);
      assertEquals(end(store), disk.file(SEGMENT).size());
      assertTrue(listener.all(StoreListener.WritesStopped.class).isEmpty());
    }
    expectAcknowledged();
  }

  @Test
  @DisplayName("F43 failedWriteOfZerosStopsTheStore: nothing more is acknowledged, and what was is recovered")
  void failedWriteOfZerosStopsTheStore() {
    EmbeddedStore store = open();
    fill(store, 5);
    useUp(store);
    failZeros(new IOException("Input/output error"));
    assertThrows(SyncFailedException.class, () -> store.put(bytes("key"), bytes("v".repeat(100)), Put.always().durable()));
    disk.faults = Faults.none();
    assertEquals(Reason.POISONED, assertThrows(WritesRefusedException.class, () -> store.put(bytes("a"), bytes("b"))).reason());
    assertThrows(SyncFailedException.class, store::close);
    model.put("key", "v".repeat(100));
    expectAcknowledged();
  }
}
