package io.bitkv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys and values of a run. */
class WorkloadTest {
  private static final int VALUE_BYTES = 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 1000, 1024, 4097})
  void theScatteredOrderVisitsEveryKeyOnce(long keys) {
    Workload workload = new Workload(keys, VALUE_BYTES);
    BitSet visited = new BitSet();
    for (long n = 0; n < keys; n++) {
      visited.set((int) workload.scattered(n));
    }
    assertEquals(keys, visited.cardinality());
    assertEquals(keys, visited.length());
  }

  @Test
  void orderedKeysAreOrdered() {
    byte[] before = Workload.orderedKey(0);
    for (long n = 1; n < 1000; n++) {
      byte[] key = Workload.orderedKey(n);
      assertTrue(Arrays.compareUnsigned(before, key) < 0);
      before = key;
    }
  }

  @Test
  void largeValuesDoNotFillTheHeap() {
    Workload workload = new Workload(10, 32 << 20);
    assertEquals(32 << 20, workload.value(5).length);
  }
}
