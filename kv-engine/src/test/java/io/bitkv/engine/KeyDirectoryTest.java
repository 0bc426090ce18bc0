package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link KeyDirectory}, run on every implementation: finding and changing keys. */
@ParameterizedClass
@EnumSource(DirectoryKind.class)
class KeyDirectoryTest {
  private final DirectoryFixture fixture;
  private final KeyDirectory directory;

  KeyDirectoryTest(DirectoryKind kind) {
    fixture = new DirectoryFixture(kind, 8);
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
    byte[] array = "..key-1..".getBytes(StandardCharsets.UTF_8);
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
