package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A crash at any call of a merge leaves the old segments or the new one, and nothing comes back that was deleted. */
@ParameterizedClass(name = "staging: {0}")
@ValueSource(booleans = {false, true})
class MergeCrashTest {
  private static final int OPERATIONS = 72;

  private final boolean isStaging;

  MergeCrashTest(boolean isStaging) {
    this.isStaging = isStaging;
  }

  @ParameterizedTest
  @CsvSource({"1, COMPACT", "2, HEAP", "3, ORDERED"})
  @DisplayName("F19 F20 mergeSurvivesTheEndOfTheProcessAfterEveryCall")
  void mergeSurvivesTheEndOfTheProcessAfterEveryCall(long seed, DirectoryKind kind) {
    MergeHistory history = new MergeHistory(new MemoryDisk(isStaging), seed, TestStores.options().withDirectoryKind(kind)).run(OPERATIONS);
    assertTrue(history.disk.traced() > 150, "too little happened");
    for (int moment = 0; moment <= history.disk.traced(); moment++) {
      history.check(CrashState.at(history.disk, moment, CrashState.ALL), moment, false, "the end of the process");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = 4)
  @DisplayName("F19 F22 F23 mergeSurvivesALossOfPowerAtEveryCall: unsynced writes and names dropped, or some of them")
  void mergeSurvivesALossOfPowerAtEveryCall(long seed) {
    MergeHistory history = new MergeHistory(new MemoryDisk(isStaging), seed, TestStores.options()).run(OPERATIONS);
    for (int moment = 0; moment <= history.disk.traced(); moment++) {
      history.check(CrashState.at(history.disk, moment, CrashState.NONE), moment, true, "the loss of all that was not synced");
      Random random = new Random(moment);
      CrashState.Survival some = (index, op, bytes) -> random.nextBoolean() ? bytes : 0;
      history.check(CrashState.at(history.disk, moment, some), moment, true, "the loss of some unsynced changes");
    }
  }

  @Test
  @DisplayName("F21 crashInTheRecoveryOfAMergeIsRecoveredFrom: inputs that are left over go in order")
  void crashInTheRecoveryOfAMergeIsRecoveredFrom() {
    MergeHistory history = new MergeHistory(new MemoryDisk(isStaging), 6, TestStores.options()).run(OPERATIONS);
    int moments = 0;
    for (int moment = 1; moment <= history.disk.traced(); moment += 5) {
      MemoryDisk left = CrashState.at(history.disk, moment, CrashState.ALL);
      int before = left.traced();
      try (EmbeddedStore store = KVStore.open(left.hold(), history.options)) {
        assertEquals(history.disk.directory(), store.directory());
      }
      for (int again = before; again < left.traced(); again += 2) {
        moments++;
        history.check(CrashState.at(left, again, CrashState.ALL), moment, true, "a crash in recovery, call " + again);
        history.check(CrashState.at(left, again, CrashState.NONE), moment, true, "a power cut in recovery, call " + again);
      }
    }
    assertTrue(moments > 20, "recovery changed nothing in this test");
  }
}
