package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.DirectoryKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link DirectoryLoader}, run on every implementation. */
@ParameterizedClass
@EnumSource(DirectoryKind.class)
class DirectoryLoaderTest {
  private static final int STRIPES = 8;

  private final DirectoryFixture fixture;
  private final KeyDirectory directory;
  private final ConcurrentLinkedQueue<Long> superseded = new ConcurrentLinkedQueue<>();
  private final DirectoryLoader loader;
  private final DirectoryLoader.Lane lane;

  DirectoryLoaderTest(DirectoryKind kind) {
    fixture = new DirectoryFixture(kind, STRIPES);
    directory = fixture.directory;
    loader = directory.loader(fixture.log.conflicts(superseded::add));
    lane = loader.lane();
  }

  @AfterEach
  void close() {
    loader.close();
    fixture.close();
  }

  private long put(DirectoryLoader.Lane into, KeySlice key, long sequence) {
    long location = fixture.log.append(key);
    into.put(key, location, sequence);
    return location;
  }

  private long tombstone(KeySlice key, long sequence) {
    long location = fixture.log.append(key);
    lane.tombstone(key, location, sequence);
    return location;
  }

  private void build() {
    loader.build(0, STRIPES, 0);
  }

  @Test
  void theHighestSequenceWinsInWhateverOrderEntriesCome() {
    List<Long> sequences = LongStream.of(0, 1, 3, 4, 9, Long.MAX_VALUE).boxed().toList();
    Map<KeySlice, Long> latest = new HashMap<>();
    Set<Long> dead = new HashSet<>();
    for (int number = 0; number < 50; number++) {
      List<Long> shuffled = new ArrayList<>(sequences);
      Collections.shuffle(shuffled, new Random(number));
      for (long sequence : shuffled) {
        long location = put(lane, key(number), sequence);
        if (sequence == Long.MAX_VALUE) {
          latest.put(key(number), location);
        } else {
          dead.add(location);
        }
      }
    }
    build();
    latest.forEach((key, location) -> assertEquals(location, fixture.find(key)));
    assertEquals(dead, new HashSet<>(superseded));
    assertEquals(dead.size(), superseded.size());
  }

  @Test
  @DisplayName("F30 a tombstone in one file ends an older value in another, and no newer one")
  void aTombstoneThatWinsLeavesTheKeyAbsent() {
    long dead = tombstone(key(1), 5);
    long alive = put(lane, key(1), 6);
    tombstone(key(2), 8);
    long hidden = put(lane, key(2), 7);
    tombstone(key(3), 9);
    build();
    assertEquals(alive, fixture.find(key(1)));
    assertEquals(EntryLocation.NONE, fixture.find(key(2)));
    assertEquals(EntryLocation.NONE, fixture.find(key(3)));
    assertEquals(Set.of(dead, hidden), new HashSet<>(superseded));
    assertEquals(1, directory.size());
  }

  @Test
  void ofTwoCopiesOfOneEntryTheLaterLocationWins() {
    long input = fixture.log.append(key(1));
    long output = fixture.log.append(key(1));
    lane.put(key(1), output, 5);
    lane.put(key(1), input, 5);
    build();
    assertEquals(output, fixture.find(key(1)));
    assertEquals(List.of(input), List.copyOf(superseded));
  }

  @Test
  void keysOfEqualHashAreKeptApart() {
    List<KeySlice> keys = IntStream.range(0, 40).mapToObj(i -> key("twin-" + i, -1)).toList();
    keys.forEach(key -> put(lane, key, 1));
    List<Long> latest = keys.stream().map(key -> put(lane, key, 2)).toList();
    tombstone(keys.get(7), 3);
    build();
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(i == 7 ? EntryLocation.NONE : latest.get(i), fixture.find(keys.get(i)));
    }
    assertEquals(41, superseded.size());
  }

  @Test
  void entriesBelowTheFloorAreDead() {
    long before = put(lane, key(1), 9);
    long deadTombstone = tombstone(key(2), 8);
    long at = put(lane, key(3), 10);
    loader.build(0, STRIPES, 10);
    assertEquals(EntryLocation.NONE, fixture.find(key(1)));
    assertEquals(at, fixture.find(key(3)));
    assertEquals(Set.of(before, deadTombstone), new HashSet<>(superseded));
  }

  @Test
  void severalThreadsFillLanesAndBuildRanges() {
    int count = 20_000;
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<CompletableFuture<Void>> filling = IntStream.range(0, 4)
          .mapToObj(thread -> CompletableFuture.runAsync(() -> {
            DirectoryLoader.Lane own = loader.lane();
            for (int i = thread; i < count; i += 2) {
              put(own, key(i), thread);
            }
          }, threads))
          .toList();
      filling.forEach(CompletableFuture::join);
      List<CompletableFuture<Void>> building = IntStream.range(0, STRIPES / 2)
          .mapToObj(i -> CompletableFuture.runAsync(() -> loader.build(2 * i, 2 * i + 2, 0), threads))
          .toList();
      building.forEach(CompletableFuture::join);
    }
    assertEquals(count, directory.size());
    for (int i = 0; i < count; i++) {
      assertEquals(key(i), fixture.log.keyAt(fixture.find(key(i))));
    }
    assertEquals(count - 2, superseded.size());
  }

  @Test
  void aLoadedDirectoryGoesOnAsIfFilledOneByOne() {
    IntStream.range(0, 2000).forEach(i -> lane.put(key(i), fixture.log.append(key(i), i % 2 == 0), i));
    build();
    assertEquals(1000, directory.expiringCount());
    IntStream.range(1000, 3000).forEach(i -> fixture.put(key(i)));
    IntStream.range(0, 500).forEach(i -> fixture.delete(key(i)));
    assertEquals(2500, directory.size());
    assertEquals(250, directory.expiringCount());
    assertEquals(2500, fixture.scanAll(100).size());
  }

  @Test
  void onlyAnEmptyDirectoryIsLoaded() {
    fixture.put(key(1));
    assertThrows(IllegalStateException.class, () -> directory.loader(fixture.log.conflicts(superseded::add)));
  }
}
