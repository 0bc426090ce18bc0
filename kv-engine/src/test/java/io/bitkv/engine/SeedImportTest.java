package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.ImportReport;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Progress;
import io.bitkv.api.VerifyReport.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the program that this one descends from are taken over in the order in which they were written. */
class SeedImportTest {
  @TempDir private Path temporary;

  private Path source;

  /** A data file in the making. */
  private static final class SeedBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    SeedBytes put(String key, String value) {
      return entry(bytes(key), bytes(value), 0);
    }

    SeedBytes delete(String key) {
      return entry(bytes(key), new byte[0], 1);
    }

    SeedBytes entry(byte[] key, byte[] value, int last) {
      ByteBuffer entry = ByteBuffer.allocate(12 + key.length + value.length + 1).order(ByteOrder.LITTLE_ENDIAN);
      entry.putInt(1_700_000_000).putInt(key.length).putInt(value.length + 1).put(key).put(value).put((byte) last);
      bytes.writeBytes(entry.array());
      return this;
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(temporary.resolve("seed"));
  }

  private void file(String seconds, SeedBytes bytes) throws IOException {
    Files.write(source.resolve(seconds + "_segment.data"), bytes.toBytes());
  }

  private ImportReport run() {
    return new KVStoreTools().importSeed(source, target(), Progress.none());
  }

  private Path target() {
    return temporary.resolve("store");
  }

  private Map<String, String> imported() {
    try (EmbeddedStore store = new KVStoreProvider().open(target(), options())) {
      return TestStores.contents(store);
    }
  }

  @Test
  void oneEntryIsReadByteByByte() throws IOException {
    byte[] golden = {
      0, (byte) 0xF1, 0x53, 0x65, 3, 0, 0, 0, 6, 0, 0, 0, 'k', 'e', 'y', 'v', 'a', 'l', 'u', 'e', 0,
      0, (byte) 0xF1, 0x53, 0x65, 1, 0, 0, 0, 1, 0, 0, 0, 'x', 1
    };
    assertEquals(Arrays.toString(golden), Arrays.toString(new SeedBytes().put("key", "value").delete("x").toBytes()));
    Files.write(source.resolve("1700000000_segment.data"), golden);
    ImportReport report = run();
    assertEquals(new ImportReport(target(), report.findings(), 1, 2, 1, 1), report);
    assertTrue(report.findings().isEmpty());
    assertEquals(Map.of("key", "value"), imported());
  }

  @Test
  void laterFilesWinByTheirSecondsNotByTheOrderOfTheirNames() throws IOException {
    file("1000", new SeedBytes().put("key", "newest").delete("old").put("back", "again"));
    file("999", new SeedBytes().put("key", "first").put("key", "second").put("old", "value").put("back", "1").delete("back"));
    Files.writeString(source.resolve("readme.txt"), "not a segment");
    ImportReport report = run();
    assertEquals(2, report.files());
    assertEquals(8, report.entries());
    assertEquals(2, report.deletions());
    assertEquals(2, report.keys());
    assertEquals(Map.of("key", "newest", "back", "again"), imported());
  }

  @Test
  @DisplayName("F1 tornTailIsLeftOutAndReported: a file cut at any length gives a prefix")
  void tornTailIsLeftOutAndReported() throws IOException {
    byte[] whole = new SeedBytes().put("a", "1").put("bb", "22").delete("a").put("c", "").toBytes();
    int[] ends = {0, 15, 32, 46, 60};
    for (int length = 0; length <= whole.length; length++) {
      Path directory = Files.createDirectory(temporary.resolve("seed-" + length));
      Path file = Files.write(directory.resolve("1_segment.data"), Arrays.copyOf(whole, length));
      ImportReport report = new KVStoreTools().importSeed(directory, temporary.resolve("store-" + length), Progress.none());
      int cut = length;
      int entries = (int) Arrays.stream(ends).filter(end -> end <= cut).count() - 1;
      assertEquals(entries, report.entries(), "length " + length);
      assertEquals(ends[entries] < length ? 1 : 0, report.findings().size());
      assertTrue(report.isComplete());
      report.findings().forEach(
          torn -> {
            assertEquals(file, torn.file());
            assertEquals(ends[entries], torn.from());
            assertEquals(cut, torn.to());
            assertEquals(Severity.TORN, torn.severity());
          });
    }
  }

  @Test
  @DisplayName("F8 whatIsNoEntryEndsItsFileAlone: and is reported")
  void whatIsNoEntryEndsItsFileAlone() throws IOException {
    file("1", new SeedBytes().put("a", "1").entry(bytes("b"), bytes("2"), 7).put("c", "3"));
    file("2", new SeedBytes().put("d", "4"));
    ImportReport report = run();
    assertEquals(Map.of("a", "1", "d", "4"), imported());
    assertFalse(report.isComplete());
    assertEquals(15, report.findings().getFirst().from());
    assertEquals(45, report.findings().getFirst().to());
  }

  @Test
  @DisplayName("F38 keyThatIsTooLongIsLeftOutAndReported")
  void keyThatIsTooLongIsLeftOutAndReported() throws IOException {
    file("1", new SeedBytes().entry(new byte[Keyspace.MAX_KEY_BYTES + 1], bytes("1"), 0).put("b", "2"));
    ImportReport report = run();
    assertEquals(Map.of("b", "2"), imported());
    assertFalse(report.isComplete());
    assertEquals(0, report.findings().getFirst().from());
  }

  @Test
  @DisplayName("F50 nothingToImportAndTargetsInUseAreRefused")
  void nothingToImportAndTargetsInUseAreRefused() throws IOException {
    String nothing = assertThrows(InvalidOptionException.class, this::run).getMessage();
    assertTrue(nothing.contains(source.toString()), nothing);
    assertFalse(Files.exists(target()));
    file("1", new SeedBytes().put("a", "1"));
    Files.createDirectory(target());
    Files.writeString(target().resolve("mine"), "mine");
    assertThrows(InvalidOptionException.class, this::run);
    assertEquals("mine", Files.readString(target().resolve("mine")));
  }
}
