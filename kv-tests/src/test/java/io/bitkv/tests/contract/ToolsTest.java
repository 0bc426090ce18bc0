package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Progress;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreTools;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.VerifyReport;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.tests.model.Bytes;
import io.bitkv.tests.model.Directories;
import io.bitkv.tests.model.EngineStores;
import io.bitkv.tests.model.State;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tools and read-only opening, as a program finds them: whatever copies a store, the copy holds the same. */
class ToolsTest {
  private static final StoreTools TOOLS = KeyValueStore.tools();

  @RegisterExtension final EngineStores stores = new EngineStores();

  private EmbeddedStore fill(DirectoryKind kind) {
    EmbeddedStore store =
        stores.open(
            StoreOptions.defaults()
                .withDirectoryKind(kind)
                .withSegmentBytes(16 << 10)
                .withSyncPolicy(SyncPolicy.never()));
    for (int i = 0; i < 1_000; i++) {
      store.put(bytes("key" + i % 100), Bytes.random(i, 100));
      store.keyspace("named").put(bytes("key" + i % 30), Bytes.random(i, 10), Put.always().expiring(new Expiry.At(Long.MAX_VALUE)));
      if (i % 5 == 0) {
        store.delete(bytes("key" + i % 17));
      }
    }
    store.keyspace(3).put(bytes("dropped"), bytes("value"));
    store.keyspace(3).clear();
    return store;
  }

  private static State read(Path directory, DirectoryKind kind) {
    try (EmbeddedStore reader = KeyValueStore.open(directory, StoreOptions.defaults().withDirectoryKind(kind).withReadOnly(true))) {
      return State.of(reader);
    }
  }

  @ParameterizedTest
  @EnumSource(DirectoryKind.class)
  void readerSeesWhatTheWriterHolds(DirectoryKind kind) {
    EmbeddedStore store = fill(kind);
    assertEquals(State.of(store).contentWithVersions(), read(stores.directory(), kind).contentWithVersions());
    try (EmbeddedStore reader = KeyValueStore.open(stores.directory(), StoreOptions.defaults().withReadOnly(true))) {
      store.put(bytes("later"), bytes("value"));
      store.merges().run(true);
      reader.refresh();
      assertEquals(State.of(store).contentWithVersions(), State.of(reader).contentWithVersions());
      WritesRefusedException refusal = assertThrows(WritesRefusedException.class, () -> reader.put(bytes("key"), bytes("value")));
      assertEquals(WritesRefusedException.Reason.READ_ONLY, refusal.reason());
    }
  }

  @ParameterizedTest
  @EnumSource(DirectoryKind.class)
  void backupRestoredAndRepairHoldTheSame(DirectoryKind kind) {
    EmbeddedStore store = fill(kind);
    State expected = State.of(store);
    Directories.inFresh(
        "tools",
        fresh -> {
          TOOLS.backup(stores.directory(), fresh.resolve("backups"), Progress.none());
          store.put(bytes("later"), bytes("value"));
          TOOLS.restore(fresh.resolve("backups"), fresh.resolve("restored"), Progress.none());
          TOOLS.repair(fresh.resolve("restored"), fresh.resolve("repaired"), StoreTools.Doubtful.LEAVE_OUT, Progress.none());
          assertEquals(expected.contentWithVersions(), read(fresh.resolve("restored"), kind).contentWithVersions());
          assertEquals(expected.contentWithVersions(), read(fresh.resolve("repaired"), kind).contentWithVersions());
          VerifyReport report = TOOLS.verify(fresh.resolve("repaired"), Progress.none());
          assertTrue(report.isSound());
          assertEquals(expected.entries().size() + 1, report.liveEntries(), "the keys, and the name of a keyspace");
        });
  }
}
