package io.bitkv.tests.history;

import static io.bitkv.api.DirectoryKind.COMPACT;
import static io.bitkv.api.DirectoryKind.HEAP;
import static io.bitkv.api.DirectoryKind.ORDERED;
import static io.bitkv.tests.history.Lifetime.ENDLESS;
import static io.bitkv.tests.history.Lifetime.KEPT;
import static io.bitkv.tests.history.Lifetime.OVER;
import static io.bitkv.tests.history.Steps.aborted;
import static io.bitkv.tests.history.Steps.advance;
import static io.bitkv.tests.history.Steps.batch;
import static io.bitkv.tests.history.Steps.clear;
import static io.bitkv.tests.history.Steps.crash;
import static io.bitkv.tests.history.Steps.cut;
import static io.bitkv.tests.history.Steps.delete;
import static io.bitkv.tests.history.Steps.echo;
import static io.bitkv.tests.history.Steps.expire;
import static io.bitkv.tests.history.Steps.flip;
import static io.bitkv.tests.history.Steps.garbage;
import static io.bitkv.tests.history.Steps.ifAbsent;
import static io.bitkv.tests.history.Steps.ifPresent;
import static io.bitkv.tests.history.Steps.powerLoss;
import static io.bitkv.tests.history.Steps.put;
import static io.bitkv.tests.history.Steps.reopen;
import static io.bitkv.tests.history.Steps.sync;
import static io.bitkv.tests.history.Steps.transaction;
import static io.bitkv.tests.history.Steps.ttl;
import static io.bitkv.tests.history.Steps.value;
import static io.bitkv.tests.history.Steps.zeros;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Histories worth a name; one that {@link HistoryProperties} finds is pasted here. */
class HistoryTest {

  @Test
  void everyKindOfStepIsTaken() {
    History.of(
            put(0, 0, value(1, 10)),
            put(1, 1, value(2, 4500), ttl(100)),
            ifAbsent(put(2, 2, value(3, 0))),
            ifPresent(put(2, 2, value(4, 20), KEPT)),
            batch(put(3, 3, value(5, 30)), delete(0, 0)),
            transaction(put(0, 4, value(6, 40)), expire(1, 1, ENDLESS)),
            aborted(clear(2), put(2, 5, value(7, 50))),
            reopen(ORDERED),
            expire(0, 4, ttl(5)),
            advance(5),
            put(0, 4, value(8, 60), OVER),
            crash(HEAP),
            clear(3),
            sync(),
            put(3, 6, value(9, 70)),
            powerLoss(COMPACT, garbage(1, 100)),
            put(3, 7, value(10, 80)),
            powerLoss(COMPACT, echo(500)))
        .check();
  }

  @Test
  void batchCutAnywhereLeavesAllOfItOrNothing() {
    for (int part = 0; part <= Damage.WHOLE; part += 25) {
      History.of(
              put(0, 5, value(1, 50)),
              sync(),
              batch(put(0, 5, value(2, 60)), delete(0, 6), put(2, 5, value(3, 70)), put(3, 7, value(4, 80))),
              powerLoss(HEAP, cut(part)))
          .check();
    }
  }

  @Test
  void transactionWithADamagedByteLeavesAllOfItOrNothing() {
    for (int part = 0; part <= Damage.WHOLE; part += 25) {
      History.of(
              put(0, 5, value(1, 50)),
              put(1, 5, value(1, 50)),
              sync(),
              transaction(clear(1), put(0, 5, value(2, 60)), put(1, 6, value(3, 70))),
              powerLoss(COMPACT, flip(part, 255)))
          .check();
    }
  }

  @Test
  void abortedTransactionLeavesNothingAfterACrash() {
    History.of(
            put(0, 5, value(1, 50)),
            aborted(delete(0, 5), put(2, 6, value(2, 9000)), clear(0)),
            crash(COMPACT),
            put(2, 6, value(3, 1)),
            reopen(ORDERED))
        .check();
  }

  @Test
  @DisplayName("F36 expiredValueDoesNotUncoverAnOlderOneAfterARestart")
  void expiredValueDoesNotUncoverAnOlderOneAfterARestart() {
    History.of(
            put(0, 5, value(1, 3000)),
            put(0, 6, value(2, 3000)),
            put(0, 5, value(3, 100), ttl(10)),
            put(0, 7, value(4, 3000)),
            advance(10),
            crash(COMPACT),
            advance(1000),
            reopen(HEAP),
            ifPresent(put(0, 5, value(5, 1))),
            ifAbsent(put(0, 5, value(6, 1))),
            reopen(ORDERED))
        .check();
  }

  @Test
  void clearedKeyspaceStaysClearedThroughEveryRestart() {
    History.of(
            put(2, 5, value(1, 3000)),
            put(2, 6, value(2, 3000)),
            put(0, 6, value(2, 3000)),
            clear(2),
            put(2, 5, value(3, 10)),
            crash(HEAP),
            clear(2),
            reopen(COMPACT),
            put(2, 7, value(3, 10)),
            powerLoss(ORDERED, zeros(0)),
            reopen(COMPACT))
        .check();
  }

  @Test
  void powerLossesInARowLoseOnlyTheirOwnTails() {
    History.of(
            put(0, 5, value(1, 100)),
            sync(),
            put(0, 5, value(2, 100)),
            powerLoss(COMPACT, cut(500)),
            put(0, 6, value(3, 100)),
            powerLoss(HEAP, cut(0)),
            put(0, 7, value(4, 100)),
            delete(0, 5),
            powerLoss(ORDERED, zeros(900)),
            powerLoss(ORDERED, garbage(5, 4000)),
            put(0, 8, value(5, 100)),
            reopen(COMPACT))
        .check();
  }
}
