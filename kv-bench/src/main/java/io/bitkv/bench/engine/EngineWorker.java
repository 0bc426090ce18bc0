package io.bitkv.bench.engine;

import io.bitkv.bench.Footprint;
import io.bitkv.bench.Workload;
import io.bitkv.bench.subject.Subject.Durability;
import io.bitkv.bench.subject.Subject.Setup;
import io.bitkv.bench.subject.Subject;
import io.bitkv.bench.subject.Subjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The child process that takes one subject through every phase and prints its figures. */
final class EngineWorker {

  private static final int[] DURABLE_WRITERS = {1, 8, 64};
  private static final Set<String> WITHOUT_SYNC = Set.of(Subjects.HASH_MAP, "chronicle-map");

  private final Plan plan;
  private final Phases phases;
  private final boolean isInMemoryOnly;

  private EngineWorker(Plan plan) {
    this.plan = plan;
    isInMemoryOnly = plan.subject().equals(Subjects.HASH_MAP);
    phases = new Phases(plan, measure -> System.out.println(measure.line()));
  }

  /**
   * Runs.
   *
   * @param args a {@link Plan}
   */
  public static void main(String[] args) throws Exception {
    EngineWorker worker = new EngineWorker(Plan.parse(args));
    worker.fillOrdered();
    worker.main();
    worker.durable();
    System.exit(0);
  }

  private Setup setup(String directory, Durability durability) throws Exception {
    Path path = plan.directory().resolve(directory);
    Files.createDirectories(path);
    return new Setup(path, plan.keys(), plan.valueBytes(), durability);
  }

  private void fillOrdered() throws Exception {
    Setup setup = setup("ordered", Durability.BACKGROUND);
    try (Subject subject = Subjects.open(plan.subject(), setup)) {
      phases.fillOrdered(subject);
    }
    Footprint.delete(setup.directory());
  }

  private void main() throws Exception {
    Setup setup = setup("main", Durability.BACKGROUND);
    long before = Footprint.memoryBytes();
    try (Subject subject = Subjects.open(plan.subject(), setup)) {
      phases.fillRandom(subject);
      phases.tell("memory", "bytes_per_key", (double) (Footprint.memoryBytes() - before) / plan.keys());
      phases.getHit(subject, "get-warming-up");
      phases.getHit(subject, "get-hit");
      phases.getMiss(subject);
      phases.getLatency(subject);
      phases.overwrite(subject, 1);
      phases.overwrite(subject, 2);
      phases.mix(subject, 2);
      if (plan.isThorough() && !isInMemoryOnly) {
        disk(subject, setup.directory());
      }
      phases.delete(subject);
    }
    if (!isInMemoryOnly) {
      restart(setup);
    }
    Footprint.delete(setup.directory());
  }

  private void disk(Subject subject, Path directory) throws Exception {
    for (int i = 0; i < 3; i++) {
      phases.overwriteAll(subject, 10L + i);
    }
    tellDisk("disk-3-overwrites", directory);
    phases.getWhileCompacting(subject);
    tellDisk("disk-compacted", directory);
  }

  private void tellDisk(String phase, Path directory) throws Exception {
    double live = (double) plan.keys() * (Workload.KEY_BYTES + plan.valueBytes());
    phases.tell(phase, "times_data", Footprint.diskBytes(directory) / live);
  }

  private void restart(Setup setup) throws Exception {
    long begin = System.nanoTime();
    try (Subject subject = Subjects.open(plan.subject(), setup)) {
      Workload workload = phases.workload();
      subject.get(Workload.key(workload.scattered(workload.keys() - 1)));
      phases.tell("restart-clean", "seconds", (System.nanoTime() - begin) / 1e9);
    }
  }

  private void durable() throws Exception {
    if (WITHOUT_SYNC.contains(plan.subject())) {
      return;
    }
    Setup setup = setup("durable", Durability.SYNCED);
    long millis = Math.max(plan.phaseMillis() / 3, 400);
    try (Subject subject = Subjects.open(plan.subject(), setup)) {
      phases.durablePuts(subject, "durable-put-warming-up", 1, millis / 3);
      for (int writers : DURABLE_WRITERS) {
        phases.durablePuts(subject, "durable-put-" + writers, writers, millis);
      }
    }
    Footprint.delete(setup.directory());
  }
}
