package io.bitkv.tests.history;

import io.bitkv.tests.model.Directories;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A sequence of steps, to be taken by a store and by the model; prints the test that takes it again. */
record History(List<Step> steps) {

  static History of(Step... steps) {
    return new History(List.of(steps));
  }

  /** Takes the steps in a fresh directory and compares the store with the model after each. */
  void check() {
    Directories.inFresh("history", this::check);
  }

  private void check(Path directory) throws Exception {
    try (Machine machine = new Machine(directory)) {
      for (int i = 0; i < steps.size(); i++) {
        try {
          machine.take(steps.get(i));
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("step " + i + ", " + steps.get(i) + ", of this history:\n" + this + "\n" + e, e);
        }
      }
      machine.finish();
    }
  }

  @Override
  public String toString() {
    return steps.stream()
        .map(step -> "          " + step)
        .collect(Collectors.joining(",\n", "\n  @Test\n  void failedHistory() {\n    History.of(\n", ")\n        .check();\n  }\n"));
  }
}
