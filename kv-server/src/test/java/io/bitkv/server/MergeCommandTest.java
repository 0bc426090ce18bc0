package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.StoreOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kv merge} as its users call it. */
class MergeCommandTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path fill() {
    Path directory = folder.resolve("store");
    StoreOptions options =
        StoreOptions.defaults().withMerges(MergeOptions.defaults().withEnabled(false));
    try (EmbeddedStore store = KeyValueStore.open(directory, options)) {
      for (int i = 0; i < 2000; i++) {
        store.put(("key" + i % 500).getBytes(StandardCharsets.UTF_8), new byte[100]);
      }
    }
    return directory;
  }

  private int kv(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Kv.run(console, Map.of(), arguments);
  }

  @Test
  void explainTellsWhatWouldBeMergedAndChangesNothing() {
    Path directory = fill();
    for (int i = 0; i < 2; i++) {
      assertEquals(0, kv("merge", "--explain", directory.toString()), err::toString);
      String text = out.toString(StandardCharsets.UTF_8);
      assertTrue(text.startsWith("merge 1: 75 % of it is dead; reads "), text);
      assertTrue(text.contains("in all: 1 merge, "), text);
    }
  }

  @Test
  void mergeGivesSpaceBackAndThenThereIsNothingMore() {
    Path directory = fill();
    assertEquals(0, kv("merge", directory.toString()), err::toString);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("1 segment became 1; "), text);
    assertEquals(0, kv("merge", "--all", directory.toString()), err::toString);
    assertEquals("nothing to merge\n", out.toString(StandardCharsets.UTF_8));
    assertEquals(0, kv("merge", "--explain", directory.toString()), err::toString);
    text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("leave 2: only 0 of its "), text);
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      assertEquals(500, store.size());
    }
  }

  @Test
  void directoryThatIsNotThereIsNotMade() {
    Path missing = folder.resolve("missing");
    assertEquals(2, kv("merge", missing.toString()));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("there is no directory " + missing));
    assertFalse(Files.exists(missing));
  }

  @Test
  void storeInUseIsOneLine() {
    Path directory = fill();
    try (EmbeddedStore store = KeyValueStore.open(directory)) {
      assertEquals(1, kv("merge", directory.toString()));
      assertTrue(err.toString(StandardCharsets.UTF_8).contains("is in use by "), err::toString);
      assertEquals(500, store.size());
    }
  }
}
