package io.bitkv.bench;

import io.bitkv.bench.subject.Subject;
import io.bitkv.bench.subject.Subject.Durability;
import io.bitkv.bench.subject.Subject.Setup;
import io.bitkv.bench.subject.Subjects;
import java.nio.file.Files;
import java.nio.file.Path;

/** The child process of the engine benchmark: runs every phase on one subject and prints raw lines. */
final class Worker {

  private static final int DURABLE_MILLIS = 3_000;
  private static final int[] DURABLE_WRITERS = {1, 8, 64};

  private final String name;
  private final Workload workload;
  private final Path root;
  private final Phases phases;

  private Worker(String name, Workload workload, Path root) {
    this.name = name;
    this.workload = workload;
    this.root = root;
    phases = new Phases(name, workload, measure -> System.out.println(measure.line()));
  }

  /**
   * Runs.
   *
   * @param args subject, directory, number of keys, length of values
   */
  public static void main(String[] args) throws Exception {
    Workload workload = new Workload(Long.parseLong(args[2]), Integer.parseInt(args[3]));
    Worker worker = new Worker(args[0], workload, Path.of(args[1]));
    worker.fillOrdered();
    worker.main();
    worker.durable();
    System.exit(0);
  }

  private Setup setup(String directory, Durability durability) throws Exception {
    Path path = root.resolve(directory);
    Files.createDirectories(path);
    return new Setup(path, workload.keys(), workload.valueBytes(), durability);
  }

  private void fillOrdered() throws Exception {
    Setup setup = setup("ordered", Durability.BACKGROUND);
    try (Subject subject = Subjects.open(name, setup)) {
      phases.fillOrdered(subject);
    }
    Footprint.delete(setup.directory());
  }

  private void main() throws Exception {
    Setup setup = setup("main", Durability.BACKGROUND);
    long before = Footprint.memoryBytes();
    try (Subject subject = Subjects.open(name, setup)) {
      phases.fillRandom(subject);
      phases.tell("memory", "bytes_per_key", (double) (Footprint.memoryBytes() - before) / workload.keys());
      phases.getHit(subject, "warm-up", workload.keys());
      phases.getHit(subject, "get-hit", 2 * workload.keys());
      phases.getMiss(subject, 2 * workload.keys());
      phases.getLatency(subject, "get-quiet", workload.keys() / 2);
      phases.overwrite(subject, 1);
      phases.overwrite(subject, 2);
      phases.mix(subject, 2 * workload.keys());
      for (int i = 0; i < 3; i++) {
        phases.overwriteAll(subject, 10L + i);
      }
      tellDisk("disk-3-overwrites", setup.directory());
      subject.compact();
      tellDisk("disk-compacted", setup.directory());
      phases.delete(subject);
    }
    restart(setup);
    Footprint.delete(setup.directory());
  }

  private void tellDisk(String phase, Path directory) throws Exception {
    double live = (double) workload.keys() * (Workload.KEY_BYTES + workload.valueBytes());
    phases.tell(phase, "times_data", Footprint.diskBytes(directory) / live);
  }

  private void restart(Setup setup) throws Exception {
    if (name.equals("hashmap")) {
      return;
    }
    long begin = System.nanoTime();
    try (Subject subject = Subjects.open(name, setup)) {
      subject.get(Workload.key(workload.scattered(workload.keys() - 1)));
      double seconds = (System.nanoTime() - begin) / 1e9;
      phases.tell("restart-clean", "seconds", seconds);
      phases.tell("restart-clean", "keys_per_s", workload.keys() * 0.9 / seconds);
    }
  }

  private void durable() throws Exception {
    if (name.equals("hashmap") || name.equals("chronicle-map")) {
      return;
    }
    Setup setup = setup("durable", Durability.SYNCED);
    try (Subject subject = Subjects.open(name, setup)) {
      phases.durablePuts(subject, 1, DURABLE_MILLIS / 3);
      for (int writers : DURABLE_WRITERS) {
        phases.durablePuts(subject, writers, DURABLE_MILLIS);
      }
    }
    Footprint.delete(setup.directory());
  }
}
