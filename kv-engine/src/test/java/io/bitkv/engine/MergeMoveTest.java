package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.StoreIoException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A merge points every key to its copy, in whatever pieces it does so. */
class MergeMoveTest {
  private static final int KEYS = 70_000;

  private final MergeFixture files = new MergeFixture();

  @ParameterizedTest
  @EnumSource
  @DisplayName("F32 F39 moreKeysThanABatchAreMoved: of several keyspaces, but for those that were written meanwhile")
  void moreKeysThanABatchAreMoved(DirectoryKind kind) {
    files.options = files.options.withDirectoryKind(kind).withSegmentBytes(64 << 20);
    try (EmbeddedStore store = files.open()) {
      Keyspace other = store.keyspace(7);
      for (int i = 0; i < KEYS; i++) {
        store.put(bytes("key" + i), bytes("old"));
        (i % 2 == 0 ? store : other).put(bytes("key" + i), bytes("value" + i));
      }
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.RENAME && call.file().endsWith(".data.tmp")) {
              store.put(bytes("key2"), bytes("put meanwhile"));
              store.delete(bytes("key4"));
            }
          };
      assertTrue(store.merges().run(true).merges() > 0);
      files.disk.faults = Faults.none();
      assertEquals(KEYS - 1, store.size());
      assertEquals("put meanwhile", text(store.get(bytes("key2")).orElseThrow()));
      assertFalse(store.contains(bytes("key4")));
      for (int i = 6; i < KEYS; i++) {
        assertEquals(i % 2 == 0 ? "value" + i : "old", text(store.get(bytes("key" + i)).orElseThrow()));
        assertEquals(i % 2 == 1, other.contains(bytes("key" + i)));
      }
      long dead = store.stats().deadBytes();
      assertTrue(dead < 400, dead + " bytes are dead");
    }
  }

  @Test
  @DisplayName("F39 hintFileThatCannotBeReadBackStopsTheMerge: the old segments stay in use, and nothing is lost")
  void hintFileThatCannotBeReadBackStopsTheMerge() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 150, "new value ");
      List<String> hints = files.disk.list().stream().map(Disk.Found::name).filter(name -> name.endsWith(".hint")).toList();
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.SYNC_DIRECTORY) {
              List<String> fresh =
                  files.disk.list().stream().map(Disk.Found::name).filter(name -> name.endsWith(".hint") && !hints.contains(name)).toList();
              for (String name : fresh) {
                files.disk.delete(name);
              }
            }
          };
      StoreIoException failure = assertThrows(StoreIoException.class, () -> store.merges().run(true));
      files.disk.faults = Faults.none();
      assertTrue(failure.getMessage().contains("hint file"), failure::toString);
      check(store);
    }
    try (EmbeddedStore store = files.open()) {
      check(store);
      store.merges().run(true);
      check(store);
    }
  }

  private static void check(EmbeddedStore store) {
    assertEquals(200, store.size());
    for (int i = 0; i < 200; i++) {
      assertEquals((i < 150 ? "new value " : "old value ") + i, text(store.get(bytes("key" + i)).orElseThrow()));
    }
  }
}
