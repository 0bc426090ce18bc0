package io.bitkv.engine;

import static io.bitkv.engine.DirectoryFixture.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.DirectoryKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was added of a segment whose hint file, or end, turns out to be unsound is taken back. */
class LoadLaneTest {
  private static final int STRIPES = 8;

  /** Adds the entries of some keys, each with its number for an offset; tells the number after the last. */
  private static int fill(DirectoryLoader.Lane lane, int segmentId, int from, int keys) {
    for (int number = from; number < from + keys; number++) {
      lane.put(key(number), EntryLocation.of(segmentId, number, false), 1);
    }
    return from + keys;
  }

  @Test
  void whatIsTakenBackWasNeverAdded() {
    try (DirectoryFixture fixture = new DirectoryFixture(DirectoryKind.COMPACT, STRIPES);
        DirectoryLoader loader = fixture.directory.loader(fixture.log.conflicts(location -> {}))) {
      DirectoryLoader.Lane lane = loader.lane();
      int next = 0;
      for (int keys : List.of(1, 7, 150, 1_000)) {
        next = fill(lane, 1, next, keys);
        fill(lane, 2, next, 3 * keys);
        lane.takeBack(2);
        lane.takeBack(2);
        next = fill(lane, 3, next, keys);
      }
      loader.build(0, STRIPES, 0);
      assertEquals(next, fixture.directory.size());
      for (int number = 0; number < next; number++) {
        long location = fixture.directory.find(key(number), at -> KeyMatcher.Match.SAME);
        assertEquals(number, EntryLocation.offset(location));
        assertNotEquals(2, EntryLocation.segmentId(location));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = DirectoryKind.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPACT")
  void keysThatAreKeptCannotBeTakenBack(DirectoryKind kind) {
    try (DirectoryFixture fixture = new DirectoryFixture(kind, STRIPES);
        DirectoryLoader loader = fixture.directory.loader(fixture.log.conflicts(location -> {}))) {
      DirectoryLoader.Lane lane = loader.lane();
      lane.put(key(1), fixture.log.append(key(1)), 1);
      assertThrows(IllegalStateException.class, () -> lane.takeBack(1));
    }
  }
}
