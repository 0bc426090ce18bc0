package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bitkv.api.DirectoryKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every directory does the same as a map, whatever the keys and however their hashes collide. */
class DirectoryProperties {
  private static final int KEYS = 250;
  private static final int OPERATIONS = 4;

  /** Keys share as many hashes as asked for, spread over the stripes, or crowded at the end of the last one. */
  private static KeySlice key(int number, int hashes, boolean isCrowded) {
    int choice = number % hashes;
    return DirectoryFixture.key("key-" + number, isCrowded ? -1L - ((long) choice << 31) : DirectoryFixture.mix(choice));
  }

  @Property(tries = 150)
  void doesAsAMapDoes(
      @ForAll DirectoryKind kind,
      @ForAll @Size(max = 1500) List<@IntRange(min = 0, max = KEYS * OPERATIONS - 1) Integer> operations,
      @ForAll @IntRange(min = 1, max = KEYS) int hashes,
      @ForAll boolean isCrowded) {
    Map<KeySlice, Long> model = new HashMap<>();
    try (DirectoryFixture fixture = new DirectoryFixture(kind, 2)) {
      for (int operation : operations) {
        KeySlice key = key(operation / OPERATIONS, hashes, isCrowded);
        switch (operation % OPERATIONS) {
          case 0 -> model.put(key, fixture.put(key));
          case 1 -> model.put(key, fixture.put(key, true));
          case 2 -> assertEquals(model.remove(key) != null, fixture.delete(key));
          default -> {
            long stale = fixture.log.append(key);
            assertFalse(fixture.locked(key, () -> fixture.directory.remove(key, stale)));
            assertFalse(fixture.locked(key, () -> fixture.directory.replace(key, stale, stale)));
          }
        }
        assertEquals(model.getOrDefault(key, EntryLocation.NONE), fixture.find(key));
      }
      assertHolds(model, fixture, hashes, isCrowded);
    }
  }

  private static void assertHolds(Map<KeySlice, Long> model, DirectoryFixture fixture, int hashes, boolean isCrowded) {
    for (int number = 0; number < KEYS; number++) {
      KeySlice key = key(number, hashes, isCrowded);
      assertEquals(model.getOrDefault(key, EntryLocation.NONE), fixture.find(key));
    }
    assertEquals(model.size(), fixture.directory.size());
    assertEquals(
        model.values().stream().filter(EntryLocation::expires).count(), fixture.directory.expiringCount());
    List<KeySlice> scanned = fixture.scanAll(7);
    assertEquals(model.size(), scanned.size());
    assertEquals(model.keySet(), new HashSet<>(scanned));
    assertEquals(
        scanned.stream().sorted(Comparator.comparing(KeySlice::hash, Long::compareUnsigned)).map(KeySlice::hash).toList(),
        scanned.stream().map(KeySlice::hash).toList());
  }
}
