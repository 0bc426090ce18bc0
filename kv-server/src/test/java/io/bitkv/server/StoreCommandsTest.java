package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KeyValueStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code kv} that work on a store's files, as their users call them. */
class StoreCommandsTest {

  @TempDir Path folder;

  private Path data;

  /** What a run of the program left. */
  private record Run(int status, String out, String err) {}

  @BeforeEach
  void fill() {
    data = folder.resolve("data");
    try (KeyValueStore store = KeyValueStore.open(data)) {
      store.put(bytes("key"), bytes("old"));
      store.put(bytes("key"), bytes("value"));
      store.put(bytes("gone"), bytes("value"));
      store.delete(bytes("gone"));
    }
  }

  private Path segment() {
    return data.resolve("0000000001.data");
  }

  private void flip(int at) throws IOException {
    byte[] content = Files.readAllBytes(segment());
    content[at] ^= 0x10;
    Files.write(segment(), content);
  }

  @Test
  void verifyCountsASoundStore() throws IOException {
    long bytes = Files.size(segment());
    assertEquals(
        new Run(
            0,
            data
                + ": 1 segment, "
                + bytes
                + " bytes; 4 entries: 1 live, 2 dead, 1 deletion; sound\n",
            ""),
        run(false, "verify", data.toString()));
  }

  @Test
  @DisplayName("F2 verify names each damaged range, exit status 1")
  void verifyNamesDamage() throws IOException {
    flip(70);
    Run run = run(false, "verify", data.toString());
    assertEquals(1, run.status());
    assertTrue(
        run.out().startsWith(segment() + ": damaged from 64 to "), run.out());
    assertTrue(run.out().endsWith("; 1 damaged\n"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void repairSavesWhatIsWholeAndSaysWhatIsLost() throws IOException {
    flip(70);
    Path saved = folder.resolve("saved");
    Run run = run(false, "repair", data.toString(), saved.toString());
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).startsWith(segment() + ": damaged from 64 to "), run.out());
    assertEquals(
        List.of(
            saved + ": 3 entries saved, 1 of them live",
            "known to be lost: 1 entry; older ones of the same keys, left out: 0"),
        lines.subList(1, lines.size()));
    assertEquals(0, run(false, "verify", saved.toString()).status());
    try (KeyValueStore store = KeyValueStore.open(saved)) {
      assertEquals("value", new String(store.get(bytes("key")).orElseThrow()));
      assertEquals(1, store.size());
    }
    assertEquals(
        new Run(
            1,
            "",
            "kv repair: " + saved + " is not empty; choose a directory that is, or a new one\n"),
        run(false, "repair", data.toString(), saved.toString()));
  }

  @Test
  void repairSaysWhatIsInDoubt() throws IOException {
    flip(100);
    Files.delete(data.resolve("0000000001.hint"));
    Run kept = run(false, "repair", data.toString(), folder.resolve("kept").toString());
    assertTrue(kept.out().endsWith("kept; --strict leaves them out\n"), kept.out());
    Run strict = run(false, "repair", "--strict", data.toString(), folder.resolve("s").toString());
    assertTrue(strict.out().endsWith(", left out\n"), strict.out());
  }

  @Test
  void importSeedTakesOverTheOriginalsFiles() throws IOException {
    Path seed = Files.createDirectory(folder.resolve("seed"));
    byte[] entry = {1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 'k', 'v', 0, 9};
    Files.write(seed.resolve("1700000000_segment.data"), entry);
    Path store = folder.resolve("store");
    assertEquals(
        new Run(
            0,
            seed.resolve("1700000000_segment.data")
                + ": torn from 15 to 16: the file ends within an entry; left out\n"
                + store
                + ": 1 entry of 1 file, with 0 deletions, gave 1 key\n",
            ""),
        run(false, "import-seed", seed.toString(), store.toString()));
  }

  @Test
  void backupOfAStoreThatIsServedIsRestored() throws IOException {
    Path backups = folder.resolve("backups");
    Path made = backups.resolve("0000000000000000005");
    try (KeyValueStore store = KeyValueStore.open(data)) {
      store.put(bytes("key"), bytes("newest"));
      Run run = run(false, "backup", data.toString(), backups.toString());
      assertEquals(0, run.status(), run.err());
      assertTrue(
          run.out().startsWith(made + ": the store up to version 5, 2 segments, "), run.out());
      store.put(bytes("key"), bytes("later"));
    }
    assertEquals(0, run(false, "verify", backups.toString()).status());
    Path restored = folder.resolve("restored");
    Run run = run(false, "restore", backups.toString(), restored.toString());
    assertTrue(run.out().startsWith(restored + ": the store up to version 5, "), run.out());
    try (KeyValueStore store = KeyValueStore.open(restored)) {
      assertEquals("newest", new String(store.get(bytes("key")).orElseThrow()));
    }
    Run again = run(false, "restore", backups.toString(), restored.toString());
    assertEquals(1, again.status());
    assertTrue(again.err().contains(restored + " is not empty"), again.err());
  }

  @Test
  void progressIsShownOnATerminalOnly() {
    String shown = run(true, "verify", data.toString()).err();
    assertTrue(shown.contains("verify 0000000001.data: 100 %"), shown);
    assertTrue(shown.endsWith("\r\u001b[K"), shown);
  }

  @Test
  @DisplayName("F50 a directory that is not there is one line")
  void missingDirectoryIsOneLine() {
    Run run = run(false, "verify", folder.resolve("none").toString());
    assertEquals(1, run.status());
    assertEquals(
        "kv verify: there is no directory "
            + folder.resolve("none")
            + "; name the directory of a store\n",
        run.err());
    assertEquals(2, run(false, "verify").status());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Run run(boolean isTerminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isTerminal);
    int status = Kv.run(console, Map.of(), arguments);
    console.out().flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
