package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.WritesRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is acknowledged as durable is durable, and nobody waits longer than for one sync that covers it. */
@Timeout(120)
@ParameterizedClass(name = "staging: {0}")
@ValueSource(booleans = {false, true})
class SyncTest {
  private static final StoreOptions ALWAYS = options().withSyncPolicy(SyncPolicy.always());

  private final MemoryDisk disk;

  SyncTest(boolean isStaging) {
    disk = new MemoryDisk(isStaging);
  }

  @Test
  @DisplayName("F25 groupCommitTellsTheTruth: 64 writers, and what each was told is durable survives the loss of everything else")
  void groupCommitTellsTheTruth() throws Exception {
    int writers = 64;
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    try (EmbeddedStore store = KVStore.open(disk.hold(), ALWAYS);
        ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    String key = "writer " + number + " key " + i;
                    long version = store.put(bytes(key), bytes("value"));
                    assertTrue(store.durableSequence() >= version);
                    acknowledged.put(key, disk.traced());
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    int end = disk.traced();
    for (int moment = 0; moment <= end; moment += Math.max(1, end / 40)) {
      Map<String, String> survived = DamageFixture.open(CrashState.at(disk, moment, CrashState.NONE), options());
      int then = moment;
      acknowledged.forEach((key, told) -> assertTrue(told > then || survived.containsKey(key), () -> key + " at " + then));
    }
  }

  @Test
  @DisplayName("F24 syncCoversOnlyWhatWasWrittenBeforeItBegan")
  void syncCoversOnlyWhatWasWrittenBeforeItBegan() throws Exception {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      long before = store.put(bytes("before"), bytes("value"));
      CountDownLatch inSync = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      disk.faults = call -> hold(call, inSync, goOn);
      CompletableFuture<Void> first = store.whenDurable(before).toCompletableFuture();
      inSync.await();
      long during = store.put(bytes("during"), bytes("value"));
      CompletableFuture<Void> second = store.whenDurable(during).toCompletableFuture();
      assertFalse(first.isDone());
      disk.faults = Faults.none();
      int syncs = syncs();
      goOn.countDown();
      first.get();
      second.get();
      assertEquals(syncs + 2, syncs());
      assertTrue(store.durableSequence() >= during);
    }
  }

  private static void hold(Faults.Call call, CountDownLatch reached, CountDownLatch goOn) {
    if (call.kind() == Faults.Kind.SYNC) {
      reached.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** How many syncs of files have ended. */
  private int syncs() {
    synchronized (disk) {
      return (int) disk.trace.stream().filter(op -> op instanceof Op.SyncEnded ended && ended.file() != null).count();
    }
  }

  @Test
  @DisplayName("F51 slowSyncHoldsBackAcknowledgementsAndNothingElse: however many wait, they share the next one")
  void slowSyncHoldsBackAcknowledgementsAndNothingElse() throws Exception {
    try (EmbeddedStore store = KVStore.open(disk.hold(), ALWAYS)) {
      store.put(bytes("first"), bytes("value"));
      CountDownLatch inSync = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      disk.faults = call -> hold(call, inSync, goOn);
      AtomicInteger done = new AtomicInteger();
      long version = store.deferred().put(bytes("key"), bytes("value"));
      List<CompletableFuture<Void>> waiters = new ArrayList<>(List.of(store.whenDurable(version).toCompletableFuture()));
      inSync.await();
      int before = syncs();
      for (int i = 0; i < 5; i++) {
        long next = store.deferred().put(bytes("key"), bytes("value " + i));
        for (int waiter = 0; waiter < 2_000; waiter++) {
          waiters.add(store.whenDurable(next).thenRun(done::incrementAndGet).toCompletableFuture());
        }
      }
      assertEquals("value 4", TestStores.text(store.get(bytes("key")).orElseThrow()));
      assertEquals(0, done.get());
      disk.faults = Faults.none();
      goOn.countDown();
      CompletableFuture.allOf(waiters.toArray(CompletableFuture[]::new)).get();
      assertEquals(10_000, done.get());
      assertTrue(syncs() - before <= 3, "10,000 waiters took " + (syncs() - before) + " syncs");
    }
  }

  @Test
  @DisplayName("F54 syncThreadThatMeetsAnErrorFailsItsWaiters: nothing hangs, and health turns red")
  void syncThreadThatMeetsAnErrorFailsItsWaiters() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      long version = store.put(bytes("key"), bytes("value"));
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.SYNC) {
              throw new StackOverflowError("a test's");
            }
          };
      CompletableFuture<Void> waiter = store.whenDurable(version).toCompletableFuture();
      assertTrue(assertThrows(Exception.class, waiter::get).getCause() instanceof SyncFailedException);
      assertFalse(store.stats().health().isWritable());
      assertThrows(WritesRefusedException.class, () -> store.put(bytes("key"), bytes("late")));
      assertThrows(Exception.class, () -> store.whenDurable(version).toCompletableFuture().get());
      assertThrows(SyncFailedException.class, store::close);
    }
  }

  @Test
  @DisplayName("F26 writesAreSyncedByTheInterval: without anyone asking")
  void writesAreSyncedByTheInterval() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options().withSyncPolicy(SyncPolicy.every(Duration.ofMillis(1))))) {
      for (int i = 0; i < 20; i++) {
        long version = store.put(bytes("key"), bytes("value " + i));
        while (store.durableSequence() < version) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void loneWriterSyncsOnItsOwnThread() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), ALWAYS)) {
      List<Thread> syncing = new ArrayList<>();
      disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.SYNC && call.file().endsWith(".data")) {
              syncing.add(Thread.currentThread());
            }
          };
      for (int i = 0; i < 10; i++) {
        store.put(bytes("key"), bytes("value " + i));
      }
      disk.faults = Faults.none();
      assertEquals(List.of(Thread.currentThread()), syncing.stream().distinct().toList());
    }
  }

  @Test
  void durablePutNeedsNoPolicy() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      store.put(bytes("plain"), bytes("value"));
      store.put(bytes("durable"), bytes("value"), Put.always().durable());
      store.put(bytes("later"), bytes("value"));
      MemoryDisk left = CrashState.at(disk, disk.traced(), CrashState.NONE);
      assertEquals(Map.of("plain", "value", "durable", "value"), DamageFixture.open(left, options()));
      assertEquals(3, contents(store).size());
    }
  }

  @Test
  void durableBatchNeedsNoPolicy() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      store.commit(new WriteBatch().put(bytes("batch"), bytes("value")).durable());
      store.commit(new WriteBatch().put(bytes("later"), bytes("value")));
      MemoryDisk left = CrashState.at(disk, disk.traced(), CrashState.NONE);
      assertEquals(Map.of("batch", "value"), DamageFixture.open(left, options()));
    }
  }

  @Test
  void closingMakesEverythingDurable() {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      store.put(bytes("key"), bytes("value"));
    }
    MemoryDisk left = CrashState.at(disk, disk.traced(), CrashState.NONE);
    assertEquals(Map.of("key", "value"), DamageFixture.open(left, options()));
  }
}
