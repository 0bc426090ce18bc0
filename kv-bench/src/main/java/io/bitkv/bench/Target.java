package io.bitkv.bench;

import static io.bitkv.bench.subject.Subjects.BITKV;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A goal of the engine: how many times a peer's figure its own shall be in the same run.
 *
 * @param phase what is measured
 * @param metric in what
 * @param peer the subject compared with
 * @param factor at least how many times the peer's figure
 */
record Target(String phase, String metric, String peer, double factor) {

  private static final String RATE = "ops_per_s";

  /** The goals that one run of the series can decide. */
  static final List<Target> ENGINE =
      List.of(
          new Target("get-hit", RATE, "rocksdb", 20),
          new Target("get-hit", RATE, "rocksdb-tuned", 15),
          new Target("get-hit", RATE, "lmdb", 3),
          new Target("get-hit", RATE, "chronicle-map", 1.3),
          new Target("get-miss", RATE, "chronicle-map", 1.2),
          new Target("fill-random", RATE, "rocksdb", 7),
          new Target("fill-random", RATE, "lmdb", 15),
          new Target("fill-random", RATE, "chronicle-map", 1.3),
          new Target("overwrite", RATE, "rocksdb", 7),
          new Target("overwrite", RATE, "lmdb", 15),
          new Target("overwrite", RATE, "chronicle-map", 1.3),
          new Target("mix-2-threads", RATE, "chronicle-map", 1.2),
          new Target("durable-put-1", RATE, "rocksdb", 1.3),
          new Target("durable-put-64", RATE, "rocksdb", 2.5));

  /** Divides the engine's median by the peer's. */
  OptionalDouble ratio(Results results) {
    OptionalDouble own = results.median(BITKV, phase, metric);
    OptionalDouble other = results.median(peer, phase, metric);
    return own.isPresent() && other.isPresent()
        ? OptionalDouble.of(own.getAsDouble() / other.getAsDouble())
        : OptionalDouble.empty();
  }
}
