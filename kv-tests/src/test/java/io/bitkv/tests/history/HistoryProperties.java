package io.bitkv.tests.history;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Whatever happens to a store, it holds what the model holds: the last written state, nothing older, nothing deleted; and after a loss
 * of unsynced bytes the state after some earlier write, with everything before the lost bytes.
 */
class HistoryProperties {

  @Provide
  Arbitrary<History> withExpiry() {
    return Histories.withExpiry();
  }

  @Provide
  Arbitrary<History> withWildClock() {
    return Histories.withWildClock();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void storeHoldsWhatTheModelHolds(@ForAll("withExpiry") History history) {
    history.check();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void clockNeverDecidesWhichValueIsNewer(@ForAll("withWildClock") History history) {
    history.check();
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void storeHoldsWhatTheModelHoldsManyTimes(@ForAll("withExpiry") History history) {
    history.check();
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void clockNeverDecidesManyTimes(@ForAll("withWildClock") History history) {
    history.check();
  }
}
