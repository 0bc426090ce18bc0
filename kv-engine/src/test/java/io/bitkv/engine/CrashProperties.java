package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Any history, cut off by any crash, is recovered to what it was after some operation, by every key directory. */
class CrashProperties {

  @Property(tries = 60)
  @Label("F17 F22 F23 anyHistoryIsRecoveredFromAnyCrash")
  void anyHistoryIsRecoveredFromAnyCrash(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 120) int operations,
      @ForAll DirectoryKind kind,
      @ForAll boolean isStaging) {
    StoreOptions options = TestStores.options().withDirectoryKind(kind);
    History history = History.run(new MemoryDisk(isStaging), seed, operations, options);
    Random random = new Random(seed);
    for (int crash = 0; crash < 4; crash++) {
      int moment = random.nextInt(history.disk.traced() + 1);
      MemoryDisk left = CrashState.at(history.disk, moment, (index, op, bytes) -> random.nextInt(bytes + 1));
      Map<String, String> recovered = open(left, options);
      int from = history.acknowledged(moment, true);
      assertTrue(history.matches(recovered, from, history.issued(moment)), () -> "crash at " + moment + ": " + recovered);
      assertEquals(recovered, open(left, options));
    }
  }

  private static Map<String, String> open(MemoryDisk disk, StoreOptions options) {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options)) {
      return History.contents(store);
    }
  }
}
