package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static io.bitkv.engine.KeyMatcher.Match.OTHER;
import static io.bitkv.engine.KeyMatcher.Match.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link KeyDirectory}, run on every implementation: readers without locks while writers are at work. */
@ParameterizedClass
@EnumSource(DirectoryKind.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DirectoryConcurrencyTest {
  private static final int RESIDENTS = 300;
  private static final int NEIGHBOURS = 400;
  private static final int CHURN = 5_000;
  private static final int ROUNDS = 3;

  private final DirectoryFixture fixture;
  private final KeyDirectory directory;
  private final Set<KeySlice> residents = new HashSet<>();
  private final AtomicBoolean isDone = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  DirectoryConcurrencyTest(DirectoryKind kind) {
    fixture = new DirectoryFixture(kind, 2);
    directory = fixture.directory;
    for (int i = 0; i < RESIDENTS; i++) {
      residents.add(key(i));
      fixture.put(key(i));
    }
    KeySlice first = key(0);
    for (int i = 0; i < 3; i++) {
      KeySlice twin = key("twin-" + i, first.hash());
      residents.add(twin);
      fixture.put(twin);
    }
  }

  @AfterEach
  void close() {
    threads.close();
    fixture.close();
  }

  /** Fills and empties the directory around the residents, and moves these as merges do, with the old places retired. */
  private void churn() {
    List<KeySlice> moving = List.copyOf(residents);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CHURN; i++) {
          fixture.put(key(RESIDENTS + i));
          fixture.move(moving.get(i % moving.size()));
        }
        for (int i = 0; i < CHURN; i++) {
          assertTrue(fixture.delete(key(RESIDENTS + i)));
          fixture.move(moving.get(i % moving.size()));
        }
      }
    } finally {
      isDone.set(true);
    }
  }

  /** Repeats what a reader does until the writers have finished, and at least once. */
  private CompletableFuture<Void> whileChurning(Runnable reading) {
    return CompletableFuture.runAsync(() -> {
      do {
        reading.run();
      } while (!isDone.get());
    }, threads);
  }

  @Test
  void aKeyThatIsPresentThroughoutIsAlwaysFound() {
    List<KeySlice> keys = List.copyOf(residents);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::churn, threads);
    CompletableFuture<Void> reading = whileChurning(() -> {
      for (KeySlice key : keys) {
        assertTrue(fixture.find(key) != EntryLocation.NONE, () -> key + " was reported absent");
      }
    });
    writing.join();
    reading.join();
  }

  @Test
  void keysThatAreMovedAsideForOthersAreAlwaysFound() {
    KeySlice[] neighbours = new KeySlice[NEIGHBOURS];
    long[] locations = new long[NEIGHBOURS];
    for (int i = 0; i < NEIGHBOURS; i++) {
      neighbours[i] = key("neighbour-" + i, -1L - ((long) i << 31));
      locations[i] = fixture.put(neighbours[i]);
    }
    KeySlice first = key("first", -1L - ((long) NEIGHBOURS << 31));
    long location = fixture.log.append(first);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
      try {
        for (int i = 0; i < 20 * CHURN; i++) {
          fixture.locked(first, () -> {
            directory.insert(first, location);
            return directory.remove(first, location);
          });
        }
      } finally {
        isDone.set(true);
      }
    }, threads);
    CompletableFuture<Void> reading = whileChurning(() -> {
      for (int i = 0; i < NEIGHBOURS; i++) {
        long expected = locations[i];
        assertEquals(expected, directory.find(neighbours[i], there -> there == expected ? SAME : OTHER));
      }
      Set<Long> missing = LongStream.of(locations).boxed().collect(Collectors.toSet());
      long cursor = 0;
      do {
        cursor = directory.scan(cursor, NEIGHBOURS, missing::remove);
      } while (cursor != 0);
      assertEquals(Set.of(), missing);
    });
    writing.join();
    reading.join();
  }

  @Test
  void aKeyThatWasNeverPutIsNeverFound() {
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::churn, threads);
    CompletableFuture<Void> reading = whileChurning(() -> {
      for (int i = 0; i < RESIDENTS; i++) {
        assertEquals(EntryLocation.NONE, fixture.find(key(RESIDENTS + CHURN + i)));
        assertEquals(EntryLocation.NONE, fixture.find(key("stranger-" + i, key(i).hash())));
      }
    });
    writing.join();
    reading.join();
  }

  @Test
  @DisplayName("F37 a scan amid inserts and removals visits every key that is present throughout")
  void aScanMissesNoKeyThatIsPresentThroughout() {
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::churn, threads);
    Random random = new Random(5);
    CompletableFuture<Void> reading = whileChurning(() -> {
      int step = 1 + random.nextInt(200);
      Set<KeySlice> missing = new HashSet<>(residents);
      long cursor = 0;
      do {
        cursor = directory.scan(cursor, step, location -> missing.remove(fixture.log.everAt(location)));
      } while (cursor != 0);
      assertEquals(Set.of(), missing);
    });
    writing.join();
    reading.join();
  }

  @Test
  void randomPicksAmidWritesAreKeys() {
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::churn, threads);
    Random random = new Random(5);
    CompletableFuture<Void> reading =
        whileChurning(() -> assertNotNull(fixture.log.everAt(directory.randomPosition(random))));
    writing.join();
    reading.join();
  }

  @Test
  void severalWritersKeepTheCount() {
    int writers = 4;
    List<CompletableFuture<Void>> writing = IntStream.range(0, writers)
        .mapToObj(writer -> CompletableFuture.runAsync(() -> {
          for (int i = writer; i < CHURN; i += writers) {
            fixture.put(key(RESIDENTS + i), i % 2 == 0);
          }
          for (int i = writer; i < CHURN; i += 2 * writers) {
            assertTrue(fixture.delete(key(RESIDENTS + i)));
          }
        }, threads))
        .toList();
    writing.forEach(CompletableFuture::join);
    assertEquals(residents.size() + CHURN / 2, directory.size());
    assertEquals(fixture.scanAll(100).size(), directory.size());
  }

  @Test
  void readersSurviveAClear() {
    List<KeySlice> keys = List.copyOf(residents);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
      try {
        for (int round = 0; round < 200; round++) {
          fixture.locks.lockEvery();
          directory.clear();
          fixture.locks.unlockEvery();
          keys.forEach(fixture::put);
        }
      } finally {
        isDone.set(true);
      }
    }, threads);
    Random random = new Random(5);
    CompletableFuture<Void> reading = whileChurning(() -> {
      keys.forEach(fixture::find);
      fixture.scanAll(10);
      directory.randomPosition(random);
    });
    writing.join();
    reading.join();
    assertEquals(keys.size(), directory.size());
  }
}
