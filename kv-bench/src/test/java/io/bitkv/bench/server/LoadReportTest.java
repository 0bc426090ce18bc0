package io.bitkv.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What redis-benchmark 7.0 prints, read. */
class LoadReportTest {
  private static final String REPORT =
      """
      SET: rps=0.0 (overall: 0.0) avg_msec=-nan (overall: -nan)
      ====== SET ======
        20000 requests completed in 0.06 seconds
        50 parallel clients

      Latency by percentile distribution:
      0.000% <= 0.607 milliseconds (cumulative count 16)
      50.000% <= 2.079 milliseconds (cumulative count 10080)
      99.805% <= 4.055 milliseconds (cumulative count 19968)
      99.902% <= 5.303 milliseconds (cumulative count 19984)
      100.000% <= 5.335 milliseconds (cumulative count 20000)

      Cumulative distribution of latencies:
      99.950% <= 0.103 milliseconds (cumulative count 0)

      Summary:
        throughput summary: 317460.31 requests per second
        latency summary (msec):
                avg       min       p50       p95       p99       max
              2.194     0.600     2.079     3.439     3.831     5.335
      """;

  @Test
  void throughputAndPercentilesAreRead() {
    assertEquals(new LoadReport(317460.31, 2.079, 3.831, 5.303), LoadReport.parse(REPORT));
  }

  @Test
  void aReportWithoutFiguresIsRefusedWithItsWords() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> LoadReport.parse("Could not connect to Redis\n"));
    assertTrue(refusal.getMessage().contains("Could not connect to Redis"), refusal.getMessage());
  }
}
