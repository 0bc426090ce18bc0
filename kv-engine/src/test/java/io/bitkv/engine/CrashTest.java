package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a crash at any moment the store holds what it held after some operation, no earlier than the last that was acknowledged. */
@ParameterizedClass(name = "staging: {0}")
@ValueSource(booleans = {false, true})
class CrashTest {
  private static final int OPERATIONS = 60;

  private final boolean isStaging;

  CrashTest(boolean isStaging) {
    this.isStaging = isStaging;
  }

  /** Opens what a crash left, and checks it against the history; twice, and with a write in between. */
  private static void check(History history, MemoryDisk left, int moment, boolean isPowerCut, String crash) {
    Map<String, String> recovered;
    try (EmbeddedStore store = KVStore.open(left.hold(), TestStores.options())) {
      recovered = History.contents(store);
    } catch (RuntimeException e) {
      throw new AssertionError("not opened after " + crash + " at " + moment, e);
    }
    int from = history.acknowledged(moment, isPowerCut);
    int to = history.issued(moment);
    assertTrue(
        history.matches(recovered, from, to),
        () -> "after " + crash + " at " + moment + " the store is not as after " + from + " to " + to + " operations: " + recovered.keySet());
    try (EmbeddedStore store = KVStore.open(left.hold(), TestStores.options())) {
      assertEquals(recovered, History.contents(store), () -> "the second opening differs after " + crash + " at " + moment);
      store.put(bytes("new"), bytes("write"));
    }
    try (EmbeddedStore store = KVStore.open(left.hold(), TestStores.options())) {
      assertEquals("write", History.contents(store).get("new"));
      assertEquals(recovered.size() + 1, History.contents(store).size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("F17 F18 endOfTheProcessAtAnyCallLosesNothing: whatever the sync policy")
  void endOfTheProcessAtAnyCallLosesNothing(long seed) {
    History history = History.run(new MemoryDisk(isStaging), seed, OPERATIONS, TestStores.options());
    for (int moment = 0; moment <= history.disk.traced(); moment++) {
      check(history, CrashState.at(history.disk, moment, CrashState.ALL), moment, false, "the end of the process");
    }
  }

  @Test
  @DisplayName("F17 F18 F22 lossOfPowerAtAnyCallLosesOnlyWhatWasNotSynced")
  void lossOfPowerAtAnyCallLosesOnlyWhatWasNotSynced() {
    History history = History.run(new MemoryDisk(isStaging), 3, OPERATIONS, TestStores.options());
    for (int moment = 0; moment <= history.disk.traced(); moment++) {
      check(history, CrashState.at(history.disk, moment, CrashState.NONE), moment, true, "the loss of all that was not synced");
      Random random = new Random(moment);
      CrashState.Survival some = (index, op, bytes) -> random.nextBoolean() ? bytes : 0;
      check(history, CrashState.at(history.disk, moment, some), moment, true, "the loss of some unsynced changes");
      CrashState.Survival torn = (index, op, bytes) -> random.nextInt(bytes + 1);
      check(history, CrashState.at(history.disk, moment, torn), moment, true, "the loss of parts of unsynced changes");
    }
  }

  @Test
  @DisplayName("F22 F23 anySingleChangeMayBeLost: writes and names, dropped one by one")
  void anySingleChangeMayBeLost() {
    History history = History.run(new MemoryDisk(isStaging), 4, OPERATIONS, TestStores.options());
    for (int moment = 0; moment <= history.disk.traced(); moment += 3) {
      for (int dropped : unsynced(history, moment)) {
        CrashState.Survival allButOne = (index, op, bytes) -> index == dropped ? 0 : bytes;
        check(history, CrashState.at(history.disk, moment, allButOne), moment, true, "the loss of change " + dropped);
      }
    }
  }

  /** The changes that no completed sync covers at a moment. */
  private static List<Integer> unsynced(History history, int moment) {
    List<Integer> indexes = new ArrayList<>();
    CrashState.at(
        history.disk,
        moment,
        (index, op, bytes) -> {
          if (!(op instanceof Op.SyncBegan || op instanceof Op.SyncEnded)) {
            indexes.add(index);
          }
          return bytes;
        });
    return indexes.subList(Math.max(0, indexes.size() - 6), indexes.size());
  }

  @Test
  @DisplayName("F21 crashInRecoveryIsRecoveredFrom: at each call that changes a file")
  void crashInRecoveryIsRecoveredFrom() {
    History history = History.run(new MemoryDisk(isStaging), 5, OPERATIONS, TestStores.options());
    int moments = 0;
    for (int moment = 1; moment <= history.disk.traced(); moment += 8) {
      Random random = new Random(moment);
      CrashState.Survival torn = (index, op, bytes) -> random.nextInt(bytes + 1);
      MemoryDisk left = CrashState.at(history.disk, moment, torn);
      int before = left.traced();
      try (EmbeddedStore store = KVStore.open(left.hold(), TestStores.options())) {
        assertFalse(store.directory().toString().isEmpty());
      }
      for (int again = before; again < left.traced(); again++) {
        moments++;
        check(history, CrashState.at(left, again, CrashState.ALL), moment, true, "a crash in recovery, call " + again);
        check(history, CrashState.at(left, again, CrashState.NONE), moment, true, "a power cut in recovery, call " + again);
      }
    }
    assertTrue(moments > 20, "recovery changed nothing in this test");
  }

  @Test
  @DisplayName("F17 F21 powerCutAfterAKilledProcessWasReplacedLosesNothing: what the opening found is durable then")
  void powerCutAfterAKilledProcessWasReplacedLosesNothing() {
    History history = History.run(new MemoryDisk(isStaging), 6, OPERATIONS, TestStores.options());
    for (int moment = 1; moment <= history.disk.traced(); moment++) {
      MemoryDisk left = CrashState.killed(history.disk, moment);
      try (EmbeddedStore store = KVStore.open(left.hold(), TestStores.options())) {
        int opened = left.traced();
        check(history, CrashState.at(left, opened, CrashState.NONE), moment, false, "a kill, an opening and a power cut");
        store.put(bytes("new"), bytes("durable"), Put.always().durable());
        Map<String, String> before = History.contents(store);
        MemoryDisk cut = CrashState.at(left, left.traced(), CrashState.NONE);
        try (EmbeddedStore again = KVStore.open(cut.hold(), TestStores.options())) {
          assertEquals(before, History.contents(again), "after a kill at " + moment);
        }
      }
    }
  }
}
