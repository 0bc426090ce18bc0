package io.bitkv.tests.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import io.bitkv.api.Page;
import io.bitkv.tests.model.Bytes;
import java.util.Set;
import java.util.TreeSet;

/** Walks with the cursor of {@link Keyspace#scan}. */
final class Cursors {

  private static final int STEPS_AT_MOST = 20_000;

  private Cursors() {}

  /** Goes through a keyspace and gathers what is met, as {@link Bytes#show} writes it. */
  static Set<String> walk(Keyspace keyspace, int count) {
    return walk(keyspace, count, () -> {});
  }

  /** As {@link #walk(Keyspace, int)}, and does something between the steps. */
  static Set<String> walk(Keyspace keyspace, int count, Runnable betweenSteps) {
    Set<String> met = new TreeSet<>();
    Page<byte[]> page = keyspace.scan(Page.START, count);
    for (int step = 0; ; step++) {
      page.items().forEach(key -> met.add(Bytes.show(key)));
      if (page.isLast()) {
        return met;
      }
      assertTrue(step < STEPS_AT_MOST, "the scan does not come to an end");
      betweenSteps.run();
      page = keyspace.scan(page.next(), count);
    }
  }
}
