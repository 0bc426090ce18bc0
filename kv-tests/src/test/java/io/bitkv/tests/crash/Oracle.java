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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Knows what a store must hold after its writer was killed: of each lane every write that was acknowledged, and perhaps the one that was
 * under way, wholly; nothing more.
 */
final class Oracle implements AutoCloseable {

  /** One lane: its writes, the next one's number, and a model that has taken those before. */
  private static final class Lane {
    final Workload workload;
    final ModelStore model = new ModelStore(Path.of("model"), InstantSource.system());
    long next;
    long acknowledged;

    Lane(Workload workload) {
      this.workload = workload;
    }

    void writeToModel() {
      workload.write(model, next);
      next++;
    }

    Map<String, String> content() {
      return State.ofKeyspaces(model, workload.keyspaces()).content();
    }
  }

  private final long seed;
  private final List<Lane> lanes;
  private BufferedReader lines;

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
    lanes.get(Integer.parseInt(words[0])).acknowledged = Long.parseLong(words[1]) + 1;
    return 1;
  }

  /** Kills a writer with SIGKILL and reads what it has printed; the process's own method would close the pipe. */
  void kill(Process writer) throws IOException {
    writer.toHandle().destroyForcibly();
    lines.lines().forEach(this::note);
    writer.onExit().join();
  }

  /** Opens the store twice and compares; then the oracle knows how many writes of each lane there are. */
  void verify(Path directory, String when) throws IOException {
    lines.close();
    State first;
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      first = State.of(store);
      lanes.forEach(lane -> compare(store, lane, when));
    }
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      assertEquals(first.contentWithVersions(), State.of(store).contentWithVersions(), () -> "the first opening and the second, " + when);
    }
  }

  private static void compare(EmbeddedStore store, Lane lane, String when) {
    Map<String, String> held = State.ofKeyspaces(store, lane.workload.keyspaces()).content();
    while (lane.next < lane.acknowledged) {
      lane.writeToModel();
    }
    Map<String, String> acknowledged = lane.content();
    if (!held.equals(acknowledged)) {
      lane.writeToModel();
      if (!held.equals(lane.content())) {
        fail("lane " + lane.workload.lane() + ", " + lane.acknowledged + " writes acknowledged, " + when + ": " + differences(acknowledged, held));
      }
    }
  }

  private static String differences(Map<String, String> expected, Map<String, String> held) {
    return Stream.concat(expected.keySet().stream(), held.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(expected.get(key), held.get(key)))
        .map(key -> "\n  " + key + ": acknowledged " + expected.get(key) + ", held " + held.get(key))
        .limit(20)
        .reduce("", String::concat);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
