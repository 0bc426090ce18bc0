package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.WriteBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot shows one moment, whatever is written while it is read. */
@Timeout(120)
class SnapshotTest {
  private final MemoryDisk disk = new MemoryDisk();

  private EmbeddedStore open(DirectoryKind kind) {
    return KVStore.open(disk.hold(), TestStores.options().withDirectoryKind(kind));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F37 snapshotShowsEachKeyOnceAndAsItWas: amid overwrites, deletions, new keys and a clearing")
  void snapshotShowsEachKeyOnceAndAsItWas(DirectoryKind kind) {
    try (EmbeddedStore store = open(kind)) {
      Map<String, String> expected = new TreeMap<>();
      for (int i = 0; i < 500; i++) {
        store.put(bytes("key" + i), bytes("value " + i));
        expected.put("key" + i, "value " + i);
      }
      Map<String, String> met = new TreeMap<>();
      try (Stream<KeyValue> snapshot = store.entries(Scan.all().snapshot())) {
        Iterator<KeyValue> entries = snapshot.iterator();
        for (int i = 0; entries.hasNext(); i++) {
          KeyValue entry = entries.next();
          assertEquals(null, met.put(text(entry.key()), text(entry.value())), "met twice");
          store.put(bytes("key" + (i * 7) % 500), bytes("changed"));
          store.delete(bytes("key" + (i * 11) % 500));
          store.put(bytes("new" + i), bytes("value"));
          if (i == 300) {
            store.clear();
          }
        }
      }
      assertEquals(expected, met);
    }
  }

  @Test
  @DisplayName("F37 snapshotHoldsBatchesWhollyOrNotAtAll: while other threads commit")
  void snapshotHoldsBatchesWhollyOrNotAtAll() throws Exception {
    try (EmbeddedStore store = open(DirectoryKind.COMPACT)) {
      AtomicBoolean isOver = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(1);
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; !isOver.get(); i++) {
                      WriteBatch batch = new WriteBatch();
                      for (int key = 0; key < 20; key++) {
                        batch.put(bytes("key" + key), bytes("" + i));
                      }
                      store.commit(batch);
                      begun.countDown();
                    }
                  });
      begun.await();
      for (int round = 0; round < 1_000; round++) {
        List<String> values = new ArrayList<>();
        try (Stream<KeyValue> snapshot = store.entries(Scan.all().snapshot())) {
          snapshot.forEach(entry -> values.add(text(entry.value())));
        }
        assertEquals(20, values.size());
        assertEquals(1, values.stream().distinct().count(), () -> "a mix of batches: " + values);
      }
      isOver.set(true);
      writer.join();
    }
  }

  @Test
  @DisplayName("F37 liveScanMeetsEveryKeyThatIsThereThroughout: and no key twice while nothing moves")
  void liveScanMeetsEveryKeyThatIsThereThroughout() {
    try (EmbeddedStore store = open(DirectoryKind.COMPACT)) {
      for (int i = 0; i < 1_000; i++) {
        store.put(bytes("key" + i), bytes("value"));
      }
      List<String> met = new ArrayList<>();
      try (Stream<byte[]> keys = store.keys(Scan.all())) {
        Iterator<byte[]> all = keys.iterator();
        for (int i = 0; all.hasNext(); i++) {
          met.add(text(all.next()));
          store.put(bytes("key" + i % 1_000), bytes("changed"));
          store.put(bytes("new" + i), bytes("value"));
        }
      }
      for (int i = 0; i < 1_000; i++) {
        assertTrue(met.contains("key" + i));
      }
    }
  }

  @Test
  void orderedSnapshotIsASnapshotInOrder() {
    try (EmbeddedStore store = open(DirectoryKind.ORDERED)) {
      for (String key : List.of("c", "a", "b", "d")) {
        store.put(bytes(key), bytes("value"));
      }
      try (Stream<byte[]> keys = store.keys(Scan.range(bytes("b"), null).reversed().snapshot())) {
        Iterator<byte[]> iterator = keys.iterator();
        store.put(bytes("e"), bytes("value"));
        store.delete(bytes("c"));
        List<String> met = new ArrayList<>();
        iterator.forEachRemaining(key -> met.add(text(key)));
        assertEquals(List.of("d", "c", "b"), met);
      }
    }
  }

  @Test
  void scanOfAClosedStoreIsRefused() {
    EmbeddedStore store = open(DirectoryKind.COMPACT);
    for (int i = 0; i < 200; i++) {
      store.put(bytes("key" + i), bytes("value"));
    }
    for (Scan scan : List.of(Scan.all(), Scan.all().snapshot())) {
      try (Stream<byte[]> keys = store.keys(scan)) {
        Iterator<byte[]> iterator = keys.iterator();
        iterator.next();
        store.close();
        assertThrows(StoreClosedException.class, () -> iterator.forEachRemaining(key -> {}));
      }
      store = open(DirectoryKind.COMPACT);
    }
    store.close();
  }
}
