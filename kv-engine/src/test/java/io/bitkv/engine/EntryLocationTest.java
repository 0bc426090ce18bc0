package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The packing of locations. */
class EntryLocationTest {
  @Test
  void segmentOffsetAndExpiryComeBack() {
    for (int segment : new int[] {1, 2, 0x1234_5678, Integer.MAX_VALUE}) {
      for (long offset : new long[] {0, 1, 0x7FFF_FFFFL, 0x8000_0000L, EntryLocation.MAX_OFFSET}) {
        for (boolean expires : new boolean[] {false, true}) {
          long location = EntryLocation.of(segment, offset, expires);
          assertEquals(segment, EntryLocation.segmentId(location));
          assertEquals(offset, EntryLocation.offset(location));
          assertEquals(expires, EntryLocation.expires(location));
          assertNotEquals(EntryLocation.NONE, location);
          assertEquals("segment " + segment + " offset " + offset, EntryLocation.describe(location));
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> EntryLocation.of(0, 0, false));
    assertThrows(IllegalArgumentException.class, () -> EntryLocation.of(-1, 0, false));
    assertThrows(IllegalArgumentException.class, () -> EntryLocation.of(1, -1, false));
    assertThrows(IllegalArgumentException.class, () -> EntryLocation.of(1, EntryLocation.MAX_OFFSET + 1, false));
  }

  @Test
  void locationsAreOrderedBySegmentThenOffset() {
    long low = EntryLocation.of(1, EntryLocation.MAX_OFFSET, true);
    long high = EntryLocation.of(2, 0, false);
    assertTrue(EntryLocation.compare(low, high) < 0);
    assertTrue(EntryLocation.compare(high, low) > 0);
    assertEquals(0, EntryLocation.compare(low, EntryLocation.of(1, EntryLocation.MAX_OFFSET, false)));
  }
}
