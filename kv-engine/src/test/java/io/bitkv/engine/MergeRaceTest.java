package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Scan;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers and writers go on while segments are merged under them. */
class MergeRaceTest {
  private final MergeFixture files = new MergeFixture();

  @Test
  @DisplayName("F31 F32 writesDuringAMergeWin: puts and deletes between the copying and the publication")
  void writesDuringAMergeWin() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 100, "new value ");
      boolean[] isDone = {false};
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.RENAME && call.file().endsWith(".data.tmp") && !isDone[0]) {
              isDone[0] = true;
              store.put(bytes("key7"), bytes("put meanwhile"));
              store.put(bytes("key107"), bytes("put meanwhile"));
              store.delete(bytes("key8"));
              store.delete(bytes("key108"));
            }
          };
      store.merges().run(true);
      assertTrue(isDone[0]);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (EmbeddedStore store = files.open()) {
        assertEquals(198, store.size());
        assertEquals("put meanwhile", text(store.get(bytes("key7")).orElseThrow()));
        assertEquals("put meanwhile", text(store.get(bytes("key107")).orElseThrow()));
        assertFalse(store.contains(bytes("key8")));
        assertFalse(store.contains(bytes("key108")));
        store.merges().run(true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F37 readersAreUndisturbed: snapshots and cursors opened before a merge end as they would have, files go when they have")
  void readersAreUndisturbed(DirectoryKind kind) {
    files.options = files.options.withDirectoryKind(kind);
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 100, "new value ");
      Map<String, String> expected = contents(store);
      Map<String, String> met = new TreeMap<>();
      long before;
      try (Stream<KeyValue> snapshot = store.entries(Scan.all().snapshot());
          Stream<byte[]> live = store.keys(Scan.all())) {
        var entries = snapshot.iterator();
        var keys = live.iterator();
        for (int i = 0; i < 20; i++) {
          KeyValue entry = entries.next();
          met.put(text(entry.key()), text(entry.value()));
          keys.next();
        }
        before = files.count(".data");
        store.merges().run(true);
        MergeFixture.fill(store, "key", 0, 200, "later value ");
        store.merges().run(true);
        assertTrue(files.count(".data") > before);
        entries.forEachRemaining(entry -> met.put(text(entry.key()), text(entry.value())));
        int[] count = {20};
        keys.forEachRemaining(key -> count[0]++);
        assertEquals(200, count[0]);
      }
      assertEquals(expected, met);
    }
    assertTrue(files.count(".data") < 8, () -> files.disk.list().toString());
  }

  @Test
  @DisplayName("F22 F32 valueLeftOutByAMergeIsNotLostWithTheUnsyncedOneThatReplacedIt: whenever the power goes")
  void valueLeftOutByAMergeIsNotLostWithTheUnsyncedOneThatReplacedIt() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 100, "new value ");
      store.sync();
      int before = files.disk.traced();
      boolean[] isDone = {false};
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.CREATE && call.file().endsWith(".data.tmp") && !isDone[0]) {
              isDone[0] = true;
              store.put(bytes("key150"), bytes("put meanwhile"));
            }
          };
      assertTrue(store.merges().run(true).merges() > 0);
      assertTrue(isDone[0]);
      for (int moment = before; moment <= files.disk.traced(); moment++) {
        MemoryDisk left = CrashState.at(files.disk, moment, CrashState.NONE);
        try (EmbeddedStore after = KVStore.open(left.hold(), files.options)) {
          String value = text(after.get(bytes("key150")).orElseThrow());
          assertTrue(value.equals("old value 150") || value.equals("put meanwhile"), value);
        }
      }
    }
  }
}
