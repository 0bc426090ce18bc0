package io.bitkv.tests.history;

import io.bitkv.api.DirectoryKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random histories, in which keys are often written again, segments are full after a few writes, and restarts are common. */
final class Histories {

  private static final int STEPS = 60;
  private static final long DAY = 86_400_000;

  private Histories() {}

  /** Every kind of step; values expire, and the clock goes forwards. */
  static Arbitrary<History> withExpiry() {
    return of(writes(lifetimes()), Arbitraries.longs().between(1, 2000));
  }

  /** Values do not expire, and the clock goes back and forth by days. */
  static Arbitrary<History> withWildClock() {
    return of(writes(Arbitraries.just(Lifetime.ENDLESS)), Arbitraries.longs().between(-DAY, 10 * DAY));
  }

  /** Writes alone, for tests that see to the rest. */
  static Arbitrary<List<Step.Write>> writesOnly() {
    return writes(Arbitraries.just(Lifetime.ENDLESS)).list().ofMinSize(1).ofMaxSize(STEPS);
  }

  private static Arbitrary<History> of(Arbitrary<Step.Write> writes, Arbitrary<Long> clockSteps) {
    Arbitrary<List<Step.Write>> few = writes.list().ofMinSize(1).ofMaxSize(6);
    Arbitrary<Step> steps =
        Arbitraries.frequencyOf(
            Tuple.of(20, writes.map(write -> write)),
            Tuple.of(3, few.map(Histories::batch)),
            Tuple.of(2, few.map(Step.Transaction::new)),
            Tuple.of(1, few.map(Step.Aborted::new)),
            Tuple.of(2, clockSteps.map(Step.Advance::new)),
            Tuple.of(1, Arbitraries.just(new Step.Sync())),
            Tuple.of(2, Arbitraries.of(true, false).map(Step.Merge::new)),
            Tuple.of(1, kinds().map(Step.Reopen::new)),
            Tuple.of(1, kinds().map(Step.Crash::new)),
            Tuple.of(2, Combinators.combine(kinds(), damages()).as(Step.PowerLoss::new)));
    return steps.list().ofMaxSize(STEPS).map(History::new);
  }

  private static Step batch(List<Step.Write> writes) {
    return new Step.Batch(writes.stream().filter(write -> write instanceof Step.Put || write instanceof Step.Delete).toList());
  }

  private static Arbitrary<Step.Write> writes(Arbitrary<Lifetime> lifetimes) {
    Arbitrary<Integer> spaces = Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1), Tuple.of(2, 2), Tuple.of(1, 3));
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, Space.KEYS - 1);
    Arbitrary<Step.Put> puts =
        Combinators.combine(spaces, keys, Arbitraries.longs().between(0, 99), lengths(), lifetimes).as(Step.Put::new);
    return Arbitraries.frequencyOf(
        Tuple.of(10, puts.map(put -> put)),
        Tuple.of(2, Combinators.combine(Arbitraries.of(true, false), puts).as(Step.PutWhen::new)),
        Tuple.of(5, Combinators.combine(spaces, keys).as(Step.Delete::new)),
        Tuple.of(2, Combinators.combine(spaces, keys, lifetimes).as(Step.Expire::new)),
        Tuple.of(1, spaces.map(Step.Clear::new)));
  }

  private static Arbitrary<Integer> lengths() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(0)),
        Tuple.of(6, Arbitraries.integers().between(1, 300)),
        Tuple.of(2, Arbitraries.integers().between(600, 2500)),
        Tuple.of(1, Arbitraries.integers().between(3900, 9000)));
  }

  private static Arbitrary<Lifetime> lifetimes() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just(Lifetime.ENDLESS)),
        Tuple.of(2, Arbitraries.longs().between(1, 3000).map(Lifetime.Ttl::new)),
        Tuple.of(1, Arbitraries.of(Lifetime.KEPT, Lifetime.OVER)));
  }

  private static Arbitrary<DirectoryKind> kinds() {
    return Arbitraries.of(DirectoryKind.class);
  }

  private static Arbitrary<Damage> damages() {
    Arbitrary<Integer> parts = Arbitraries.integers().between(0, Damage.WHOLE);
    Arbitrary<Integer> masks = Arbitraries.integers().between(1, 255);
    Arbitrary<Damage> garbage =
        Combinators.combine(Arbitraries.longs().between(0, 99), Arbitraries.integers().between(1, 5000)).as(Damage.Garbage::new);
    return Arbitraries.frequencyOf(
        Tuple.of(3, parts.map(Damage.Cut::new)),
        Tuple.of(1, parts.map(Damage.Zeros::new)),
        Tuple.of(2, Combinators.combine(parts, masks).as(Damage.Flip::new)),
        Tuple.of(1, garbage),
        Tuple.of(1, parts.map(Damage.Echo::new)));
  }
}
