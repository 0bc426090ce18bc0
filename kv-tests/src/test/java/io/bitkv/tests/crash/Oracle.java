package io.bitkv.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.tests.model.ChildJvm;
import io.bitkv.tests.model.ModelStore;
import io.bitkv.tests.model.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Knows what a store must hold after its writer was killed: of each lane every write that was acknowledged, and perhaps the one that was
 * under way, wholly; nothing more. And after the power was cut: of each lane every write that had been synced when it was acknowledged,
 * and perhaps those that follow, in order and without a gap.
 */
final class Oracle implements AutoCloseable {

  /** One lane: its writes, the next one's number, and a model that has taken those before. */
  private static final class Lane {
    final Workload workload;
    final ModelStore model = new ModelStore(Path.of("model"), InstantSource.system());
    long next;
    long acknowledged;
    long durable;

    Lane(Workload workload) {
      this.workload = workload;
    }

    /** Takes down a write's acknowledgement. */
    void acknowledge(long number, boolean synced) {
      acknowledged = number + 1;
      if (synced || workload.isDurable(number)) {
        durable = acknowledged;
      }
    }

    void writeToModel() {
      workload.write(model, next);
      next++;
    }

    Map<String, String> content() {
      return State.ofKeyspaces(model, workload.keyspaces()).content();
    }
  }

  /** How many lines of a writer may wait to be read: more than a pipe and a reader's buffer hold. */
  private static final int UNREAD = 50_000;

  private final long seed;
  private final List<Lane> lanes;
  private BufferedReader lines;
  private boolean synced;

  Oracle(long seed, int laneCount) {
    this.seed = seed;
    lanes = IntStream.range(0, laneCount).mapToObj(lane -> new Lane(new Workload(seed, lane))).toList();
  }

  /** Starts a writer that goes on where the one before ended. */
  Process start(Path directory, String policy) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(directory.toString(), policy, Long.toString(seed)));
    lanes.forEach(lane -> arguments.add(Long.toString(lane.next)));
    Process writer = ChildJvm.start(Writer.class, arguments);
    lines = writer.inputReader();
    synced = policy.equals("always");
    return writer;
  }

  /** Reads what a writer prints until so many writes are acknowledged. */
  void readAcknowledgements(int count) throws IOException {
    for (int read = 0; read < count; ) {
      String line = lines.readLine();
      assertNotNull(line, "the writer ended by itself; see target/child-processes.log");
      read += note(line);
    }
  }

  private int note(String line) {
    String[] words = line.split(" ");
    if (words.length < 2) {
      return 0;
    }
    lanes.get(Integer.parseInt(words[0])).acknowledge(Long.parseLong(words[1]), synced);
    return 1;
  }

  /** Kills a writer with SIGKILL and reads what it has printed; the process's own method would close the pipe. */
  void kill(Process writer) throws IOException {
    writer.toHandle().destroyForcibly();
    lines.lines().forEach(this::note);
    writer.onExit().join();
  }

  /** Opens the store of a killed writer twice and compares; then the oracle knows how many writes of each lane there are. */
  void verify(Path directory, String when) throws IOException {
    lines.close();
    verify(directory, lane -> new Bounds(lane.acknowledged, lane.acknowledged + 1), when);
  }

  /** Opens twice what was left of a store when the power was cut, and compares; the writer may be writing still. */
  void verifyPowerCut(Path directory, String when) {
    verify(directory, lane -> new Bounds(lane.durable, lane.acknowledged + UNREAD), when);
  }

  /** How many writes of a lane a store may hold. */
  private record Bounds(long least, long most) {}

  private void verify(Path directory, Function<Lane, Bounds> bounds, String when) {
    State first;
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      first = State.of(store);
      lanes.forEach(lane -> compare(store, lane, bounds.apply(lane), when));
    }
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      assertEquals(first.contentWithVersions(), State.of(store).contentWithVersions(), () -> "the first opening and the second, " + when);
    }
  }

  /** Has the model make writes until it equals the store. */
  private static void compare(EmbeddedStore store, Lane lane, Bounds bounds, String when) {
    Map<String, String> held = State.ofKeyspaces(store, lane.workload.keyspaces()).content();
    while (lane.next < bounds.least()) {
      lane.writeToModel();
    }
    Map<String, String> least = lane.content();
    while (!held.equals(lane.content())) {
      if (lane.next >= bounds.most()) {
        fail("lane " + lane.workload.lane() + ", at least " + bounds.least() + " writes, " + when + ": " + differences(least, held));
      }
      lane.writeToModel();
    }
  }

  private static String differences(Map<String, String> expected, Map<String, String> held) {
    return Stream.concat(expected.keySet().stream(), held.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(expected.get(key), held.get(key)))
        .map(key -> "\n  " + key + ": expected " + expected.get(key) + ", held " + held.get(key))
        .limit(20)
        .reduce("", String::concat);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
