package io.bitkv.bench.engine;

import io.bitkv.bench.Footprint;
import io.bitkv.bench.Workload;
import io.bitkv.bench.subject.Subject.Durability;
import io.bitkv.bench.subject.Subject.Setup;
import io.bitkv.bench.subject.Subject;
import io.bitkv.bench.subject.Subjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The child process that fills a store and ends, or opens what another left, and prints the figures of that. */
final class OwnWorker {

  private static final int WARM_UP_KEYS = 50_000;
  private static final int WARM_UP_ROUNDS = 4;

  /** What such a child does. */
  enum Mode {
    /** Fills a store, reads it, overwrites it, and closes it. */
    USE,
    /** Fills a store, then reads and writes it by the number of threads that follows the plan, and closes it. */
    SHARE,
    /** Fills a store and ends without closing it, as by {@code kill -9}. */
    CRASH,
    /** Opens a store that was closed. */
    REOPEN,
    /** Opens a store that was not closed. */
    RECOVER
  }

  private final Plan plan;
  private final Phases phases;

  private OwnWorker(Plan plan) {
    this.plan = plan;
    phases = new Phases(plan, measure -> System.out.println(measure.line()));
  }

  /**
   * Runs.
   *
   * @param args a {@link Mode}, a {@link Plan}, and for {@link Mode#SHARE} the number of threads
   */
  public static void main(String[] args) throws Exception {
    OwnWorker worker = new OwnWorker(Plan.parse(Arrays.copyOfRange(args, 1, args.length)));
    switch (Mode.valueOf(args[0])) {
      case USE -> worker.use();
      case SHARE -> worker.share(Integer.parseInt(args[args.length - 1]));
      case CRASH -> worker.crash();
      case REOPEN -> worker.reopen("restart-clean");
      case RECOVER -> worker.reopen("restart-killed");
    }
    System.exit(0);
  }

  private Subject open(String directory, long keys) throws Exception {
    Path path = plan.directory().resolve(directory);
    Files.createDirectories(path);
    return Subjects.open(plan.subject(), new Setup(path, keys, plan.valueBytes(), Durability.BACKGROUND));
  }

  /**
   * Uses another, small store, and opens it again, so that code and the engine's own structures do not count as memory of the keys, and
   * loading classes does not count as loading keys.
   */
  private void warmUp() throws Exception {
    Workload small = new Workload(Math.min(WARM_UP_KEYS, plan.keys()), plan.valueBytes());
    try (Subject subject = open("warm-up", small.keys())) {
      for (long n = 0; n < WARM_UP_ROUNDS * small.keys(); n++) {
        byte[] key = Workload.key(small.scattered(n % small.keys()));
        subject.put(key, small.value(n));
        subject.get(key);
      }
    }
    open("warm-up", small.keys()).close();
    Footprint.delete(plan.directory().resolve("warm-up"));
  }

  private void use() throws Exception {
    warmUp();
    try (Subject subject = open("main", plan.keys())) {
      long before = Footprint.memoryBytes();
      phases.fillTimed(subject);
      phases.tell("memory", "bytes_per_key", (double) (Footprint.memoryBytes() - before) / plan.keys());
      phases.getHit(subject, "get-warming-up");
      phases.getHit(subject, "get-hit");
      phases.getMiss(subject);
      phases.overwrite(subject, 1);
    }
  }

  private void share(int threads) throws Exception {
    try (Subject subject = open("main", plan.keys())) {
      phases.fillRandom(subject);
      phases.getHit(subject, "get-warming-up");
      phases.overwrite(subject, 1);
      phases.mix(subject, threads);
    }
  }

  private void crash() throws Exception {
    phases.fillRandom(open("main", plan.keys()));
    Runtime.getRuntime().halt(0);
  }

  private void reopen(String phase) throws Exception {
    warmUp();
    byte[] key = Workload.key(phases.workload().scattered(plan.keys() - 1));
    long begin = System.nanoTime();
    try (Subject subject = open("main", plan.keys())) {
      if (subject.get(key) == null) {
        throw new IllegalStateException(plan.subject() + " lost a key");
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      phases.tell(phase, "seconds", seconds);
      phases.tell(phase, "keys_per_s", plan.keys() / seconds);
    }
  }
}
