package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link KeyDirectory}, run on every implementation: visiting keys. */
@ParameterizedClass
@EnumSource(DirectoryKind.class)
class DirectoryScanTest {
  private static final int STRIPES = 8;

  private final DirectoryKind kind;
  private final DirectoryFixture fixture;
  private final KeyDirectory directory;

  DirectoryScanTest(DirectoryKind kind) {
    this.kind = kind;
    fixture = new DirectoryFixture(kind, STRIPES);
    directory = fixture.directory;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("F37 a quiet scan visits every key exactly once, in hash order")
  void scanVisitsEveryKeyOnceInHashOrder() {
    List<KeySlice> expected = IntStream.range(0, 1000).mapToObj(DirectoryFixture::key)
        .sorted(HeapKeyDirectory::byHash).toList();
    expected.forEach(fixture::put);
    for (int step : new int[] {1, 10, 999, 1000, 5000}) {
      assertEquals(expected, fixture.scanAll(step));
    }
  }

  @Test
  void keysOfEqualHashAreVisitedTogether() {
    for (int i = 0; i < 500; i++) {
      fixture.put(key("twin-" + i, 0x1234_5678_9ABC_DEF0L));
    }
    fixture.put(key("last", -1));
    List<Long> seen = new ArrayList<>();
    long cursor = directory.scan(0, 10, seen::add);
    assertEquals(500, seen.size());
    assertEquals(0, directory.scan(cursor, 10, seen::add));
    assertEquals(501, seen.size());
  }

  @Test
  void cursorsMeanTheSameWithAnyNumberOfStripes() {
    try (DirectoryFixture other = new DirectoryFixture(kind, 1024)) {
      IntStream.range(0, 500).mapToObj(DirectoryFixture::key).forEach(key -> {
        fixture.put(key);
        other.put(key);
      });
      List<KeySlice> seen = new ArrayList<>();
      long cursor = 0;
      do {
        cursor = directory.scan(cursor, 7, location -> seen.add(fixture.log.keyAt(location)));
        assertTrue(cursor >= 0 && cursor < 1L << 48);
        if (cursor != 0) {
          cursor = other.directory.scan(cursor, 7, location -> seen.add(other.log.keyAt(location)));
        }
      } while (cursor != 0);
      assertEquals(fixture.scanAll(100), seen.stream().distinct().toList());
    }
  }

  @Test
  void aCursorThatNobodyReturnedEndsTheScan() {
    IntStream.range(0, 100).forEach(i -> fixture.put(key(i)));
    for (long cursor : new long[] {-1, Long.MIN_VALUE, 1L << 48, Long.MAX_VALUE}) {
      List<Long> seen = new ArrayList<>();
      assertEquals(0, directory.scan(cursor, 10, seen::add));
      assertEquals(List.of(), seen);
    }
  }

  @Test
  void theStripesTogetherHoldEveryKeyOnce() {
    IntStream.range(0, 1000).forEach(i -> fixture.put(key(i)));
    List<KeySlice> seen = new ArrayList<>();
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      for (KeySlice key : fixture.stripe(stripe)) {
        assertEquals(stripe, fixture.locks.stripeOf(key.hash()));
        seen.add(key);
      }
    }
    assertEquals(fixture.scanAll(100), seen);
  }

  @Test
  void randomPicksReachMostKeysAndOnlyKeys() {
    Random random = new Random(7);
    assertEquals(EntryLocation.NONE, directory.randomPosition(random));
    Set<Long> locations = new HashSet<>();
    IntStream.range(0, 300).forEach(i -> locations.add(fixture.put(key(i))));
    Set<Long> picked = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      picked.add(directory.randomPosition(random));
    }
    assertTrue(locations.containsAll(picked));
    assertTrue(picked.size() > 250, picked.size() + " of 300");
  }
}
