package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.SyncPolicy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Little is left to be synced when a segment is full, since those who append wait for that. */
@Timeout(120)
class SyncAheadTest {

  @ParameterizedTest(name = "staging: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("aSegmentIsSyncedBeforeItIsFull: whatever the policy, so that its end holds nobody up")
  void aSegmentIsSyncedBeforeItIsFull(boolean isStaging) throws InterruptedException {
    MemoryDisk disk = new MemoryDisk(isStaging);
    CountDownLatch synced = new CountDownLatch(1);
    byte[] value = new byte[64 << 10];
    try (EmbeddedStore store = KVStore.open(disk.hold(), options().withSyncPolicy(SyncPolicy.never()).withSegmentBytes(8 << 20))) {
      store.put(bytes("first"), value);
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.SYNC && call.file().equals(FileNames.segment(1))) {
              synced.countDown();
            }
          };
      for (int i = 0; i < 80; i++) {
        store.put(bytes("key" + i), value);
      }
      assertTrue(synced.await(60, TimeUnit.SECONDS), "nothing was synced of " + 81 * value.length + " bytes");
      assertEquals(1, store.stats().segments().size());
    }
  }
}
