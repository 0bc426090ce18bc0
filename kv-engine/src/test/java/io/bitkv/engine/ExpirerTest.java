package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expired keys give their room back by themselves, and nothing else goes with them. */
@Timeout(120)
class ExpirerTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final StoreOptions options = TestStores.options().withClock(() -> Instant.ofEpochMilli(now.get()));
  private final MemoryDisk disk = new MemoryDisk();

  private static Put until(long millis) {
    return Put.always().expiresAt(Instant.ofEpochMilli(millis));
  }

  @Test
  void expiredKeysAreReclaimedWithoutBeingRead() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      for (int i = 0; i < 1_000; i++) {
        store.put(bytes("expiring" + i), bytes("value"), until(2_000 + i));
        store.put(bytes("staying" + i), bytes("value"));
      }
      store.keyspace("other").put(bytes("expiring"), bytes("value"), until(2_000));
      now.set(10_000);
      while (store.stats().keys() > 1_000) {
        Thread.onSpinWait();
      }
      assertEquals(0, store.stats().keyspaces().get(store.id()).expiringKeys());
      for (int i = 0; i < 1_000; i++) {
        assertTrue(store.contains(bytes("staying" + i)));
      }
    }
    now.set(0);
    assertFalse(DamageFixture.open(disk, options).containsKey("expiring0"), "a reclaimed key came back with the clock");
  }

  @Test
  @DisplayName("F33 reclaimingRemovesOnlyThatVeryEntry: a newer value written meanwhile stays")
  void reclaimingRemovesOnlyThatVeryEntry() {
    try (KVStore store = KVStore.open(disk.hold(), options)) {
      KeyspaceState keyspace = store.keyspaces().obtain(store.id());
      store.put(bytes("key"), bytes("old"), until(2_000));
      Locations old = new Locations();
      keyspace.directory().scan(0, 10, old::add);
      store.put(bytes("key"), bytes("new"), until(3_000));
      now.set(2_500);
      assertFalse(store.writes().removeExpired(keyspace, bytes("key"), old.get(0)));
      assertEquals(Map.of("key", "new"), contents(store));
      Locations current = new Locations();
      keyspace.directory().scan(0, 10, current::add);
      assertFalse(store.writes().removeExpired(keyspace, bytes("key"), current.get(0)), "it has not expired");
      assertEquals(1, store.size());
    }
  }

  @Test
  @DisplayName("F34 clockThatGoesBackRevivesNothingThatWasReclaimedAndLosesNothingElse")
  void clockThatGoesBackRevivesNothingThatWasReclaimed() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      store.put(bytes("key"), bytes("value"), until(2_000));
      now.set(2_000);
      assertFalse(store.contains(bytes("key")));
      while (store.size() > 0) {
        Thread.onSpinWait();
      }
      now.set(500);
      assertFalse(store.contains(bytes("key")));
      store.put(bytes("key"), bytes("next"));
      now.addAndGet(315_360_000_000L);
      assertEquals(Map.of("key", "next"), contents(store));
    }
  }

  @Test
  @DisplayName("F49 fullDiskLeavesExpiredKeysForLater: they are absent all the same")
  void fullDiskLeavesExpiredKeysForLater() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      store.put(bytes("key"), bytes("value"), until(2_000));
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.WRITE) {
              throw new DiskFullException(disk.directory(), null);
            }
          };
      now.set(3_000);
      assertFalse(store.contains(bytes("key")));
      assertEquals(Map.of(), contents(store));
      disk.faults = Faults.none();
      while (store.size() > 0) {
        Thread.onSpinWait();
      }
    }
  }
}
