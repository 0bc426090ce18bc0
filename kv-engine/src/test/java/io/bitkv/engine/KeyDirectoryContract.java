package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link KeyDirectory} promises. */
abstract class KeyDirectoryContract {
  private static final int STRIPES = 8;

  DirectoryFixture fixture;
  KeyDirectory directory;

  /** Makes the implementation under test. */
  abstract KeyDirectory create(StripeLocks locks);

  @BeforeEach
  void open() {
    fixture = new DirectoryFixture(this::create, STRIPES);
    directory = fixture.directory;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void absentKeyIsNotFound() {
    assertEquals(EntryLocation.NONE, fixture.find(key(1)));
  }

  @Test
  void insertedKeyIsFoundAtItsLocationAndOthersStayAbsent() {
    long location = fixture.put(key(1));
    assertEquals(location, fixture.find(key(1)));
    assertEquals(EntryLocation.NONE, fixture.find(key(2)));
    assertEquals(1, directory.size());
  }

  @Test
  void overwrittenKeyIsFoundAtItsNewLocation() {
    fixture.put(key(1));
    long location = fixture.put(key(1));
    assertEquals(location, fixture.find(key(1)));
    assertEquals(1, directory.size());
  }

  @Test
  void removedKeyIsAbsentAndCanComeBack() {
    fixture.put(key(1));
    assertTrue(fixture.delete(key(1)));
    assertEquals(EntryLocation.NONE, fixture.find(key(1)));
    assertEquals(0, directory.size());
    assertEquals(fixture.put(key(1)), fixture.find(key(1)));
  }

  @Test
  void theEmptyKeyIsAKey() {
    KeySlice empty = key("", 0);
    long location = fixture.put(empty);
    assertEquals(location, fixture.find(empty));
    assertEquals(List.of(empty), fixture.scanAll(1));
  }

  @Test
  void aSliceWithinALargerArrayIsTheSameKeyAndIsCopied() {
    byte[] array = "..key-1..".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    KeySlice slice = new KeySlice(array, 2, 5, key(1).hash());
    KeySlice alone = slice.copy();
    long location = fixture.log.append(alone);
    fixture.locked(slice, () -> {
      directory.insert(slice, location);
      return null;
    });
    array[2] = 'x';
    assertEquals(location, fixture.find(alone));
  }

  @Test
  @DisplayName("F32 a location is replaced only if it is still the expected one")
  void replaceNeedsTheExpectedLocation() {
    KeySlice key = key(1);
    long first = fixture.put(key);
    long second = fixture.put(key);
    long copy = fixture.log.append(key);
    assertFalse(fixture.locked(key, () -> directory.replace(key, first, copy)));
    assertEquals(second, fixture.find(key));
    assertFalse(fixture.locked(key(2), () -> directory.replace(key(2), second, copy)));
    assertEquals(1, directory.size());
  }

  @Test
  @DisplayName("F31 F33 a key is removed only if it is still at the expected location")
  void removeNeedsTheExpectedLocation() {
    KeySlice key = key(1);
    long first = fixture.put(key);
    long second = fixture.put(key);
    assertFalse(fixture.locked(key, () -> directory.remove(key, first)));
    assertEquals(second, fixture.find(key));
    assertTrue(fixture.locked(key, () -> directory.remove(key, second)));
    assertFalse(fixture.locked(key, () -> directory.replace(key, second, first)));
    assertEquals(EntryLocation.NONE, fixture.find(key));
  }

  @Test
  void keysOfEqualHashAreKeptApart() {
    for (long hash : new long[] {0, -1, 0x7FFF_FFFF_FFFFL}) {
      List<KeySlice> keys = IntStream.range(0, 200).mapToObj(i -> key("twin-" + i, hash)).toList();
      keys.forEach(fixture::put);
      List<Long> locations = keys.stream().map(fixture::put).toList();
      for (int i = 0; i < keys.size(); i += 2) {
        assertTrue(fixture.delete(keys.get(i)));
      }
      for (int i = 0; i < keys.size(); i++) {
        assertEquals(i % 2 == 0 ? EntryLocation.NONE : locations.get(i), fixture.find(keys.get(i)));
      }
    }
    assertEquals(300, directory.size());
  }

  @Test
  void manyKeysAreFoundWhileTheDirectoryGrowsAndShrinks() {
    int count = 20_000;
    List<Long> locations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      locations.add(fixture.put(key(i)));
    }
    for (int i = 0; i < count; i++) {
      assertEquals(locations.get(i), fixture.find(key(i)));
      assertEquals(EntryLocation.NONE, fixture.find(key(count + i)));
    }
    for (int i = 0; i < count - 10; i++) {
      assertTrue(fixture.delete(key(i)));
    }
    assertEquals(10, directory.size());
    for (int i = 0; i < count; i++) {
      assertEquals(i < count - 10 ? EntryLocation.NONE : locations.get(i), fixture.find(key(i)));
    }
  }

  @Test
  void expiringKeysAreCounted() {
    fixture.put(key(1), true);
    fixture.put(key(2), true);
    fixture.put(key(3), false);
    assertEquals(2, directory.expiringCount());
    fixture.put(key(3), true);
    fixture.put(key(1), false);
    fixture.delete(key(2));
    assertEquals(1, directory.expiringCount());
  }

  @Test
  void anEntryThatMovedWhileItWasReadIsFoundAtItsNewPlace() {
    KeySlice key = key(1);
    fixture.put(key);
    long found = directory.find(key, fixture.log.matcherAfter(key, () -> fixture.move(key)));
    assertEquals(fixture.find(key), found);
    assertEquals(KeyMatcher.Match.SAME, fixture.log.matcher(key).match(found));
  }

  @Test
  void aLocationThatTheLogDoesNotHoldIsReported() {
    long location = fixture.put(key(1));
    fixture.log.retire(location);
    IllegalStateException failure = assertThrows(IllegalStateException.class, () -> fixture.find(key(1)));
    assertTrue(failure.getMessage().contains(EntryLocation.describe(location)), failure.getMessage());
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
    try (DirectoryFixture other = new DirectoryFixture(this::create, 1024)) {
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

  @Test
  void clearRemovesEverything() {
    IntStream.range(0, 5000).forEach(i -> fixture.put(key(i), i % 2 == 0));
    long before = directory.memoryBytes();
    fixture.locks.lockEvery();
    directory.clear();
    fixture.locks.unlockEvery();
    assertEquals(0, directory.size());
    assertEquals(0, directory.expiringCount());
    assertEquals(List.of(), fixture.scanAll(10));
    assertTrue(directory.memoryBytes() < before / 2);
    assertEquals(fixture.put(key(1)), fixture.find(key(1)));
  }
}
