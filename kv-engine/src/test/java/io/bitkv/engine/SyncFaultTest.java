package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KvException;
import io.bitkv.api.Outcome;
import io.bitkv.api.StoreListener;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.api.WritesRefusedException.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a sync that failed nobody is told that anything is durable, and nothing more is written. */
@ParameterizedClass(name = "staging: {0}")
@ValueSource(booleans = {false, true})
class SyncFaultTest {
  private final MemoryDisk disk;
  private final RecordingListener listener = new RecordingListener();

  SyncFaultTest(boolean isStaging) {
    disk = new MemoryDisk(isStaging);
  }

  @Test
  @DisplayName("F44 failedSyncPoisonsTheStore: waiters fail, writes are refused, reads go on, and no sync is tried again")
  void failedSyncPoisonsTheStore() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options().withListener(listener))) {
      store.put(bytes("key"), bytes("durable"));
      store.sync();
      long durable = store.durableSequence();
      int[] syncs = new int[1];
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.SYNC) {
              syncs[0]++;
              throw new IOException("Input/output error");
            }
          };
      long version = store.put(bytes("key"), bytes("not durable"));
      SyncFailedException failure = assertThrows(SyncFailedException.class, store::sync);
      assertEquals(Outcome.UNKNOWN, failure.outcome());
      assertThrows(SyncFailedException.class, store::sync);
      assertThrows(CompletionException.class, () -> store.whenDurable(version).toCompletableFuture().join());
      store.whenDurable(durable).toCompletableFuture().join();
      assertEquals(Reason.POISONED, assertThrows(WritesRefusedException.class, () -> store.put(bytes("a"), bytes("b"))).reason());
      assertArrayEquals(bytes("not durable"), store.get(bytes("key")).orElseThrow());
      assertFalse(store.stats().health().isWritable());
      assertEquals(durable, store.durableSequence());
      assertEquals(1, listener.all(StoreListener.WritesStopped.class).size());
      assertThrows(SyncFailedException.class, store::close);
      assertEquals(1, syncs[0]);
    }
    disk.faults = Faults.none();
    assertEquals(Map.of("key", "not durable"), DamageFixture.open(disk, options()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "SYNC_DIRECTORY"})
  @DisplayName("F45 failedSyncInARolloverIsGivenUp: nothing is removed, nothing more is acknowledged")
  void failedSyncInARolloverIsGivenUp(Faults.Kind kind) {
    int failures = 0;
    for (int n = 0; n < 12; n++) {
      MemoryDisk fresh = disk.another();
      Map<String, String> model = new TreeMap<>();
      fresh.faults = Faults.nth(kind, n, new IOException("Input/output error"));
      try (EmbeddedStore store = KVStore.open(fresh.hold(), options())) {
        KvException failure = FaultTest.write(store, 0, model);
        if (failure != null) {
          failures++;
          assertEquals(Reason.POISONED, ((WritesRefusedException) failure).reason());
        }
        assertEquals(model, contents(store));
      } catch (SyncFailedException e) {
        failures++;
      }
      assertEquals(model, DamageFixture.open(fresh, options()), "after " + kind + " " + n);
    }
    assertTrue(failures > 3);
  }
}
