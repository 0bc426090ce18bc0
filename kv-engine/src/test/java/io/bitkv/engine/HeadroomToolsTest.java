package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Progress;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreTools.Doubtful;
import io.bitkv.api.VerifyReport;
import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the files of a store, beside it or after its end, passes over the zeros ahead of its entries. */
class HeadroomToolsTest {
  private final KVStoreTools tools = new KVStoreTools();
  private final StoreOptions options = TestStores.options().withSegmentBytes(4 << 20);
  private final Map<String, String> model = new TreeMap<>();
  private Path root;
  private Path directory;
  private Path segment;
  private int written;

  @BeforeEach
  void prepare(@TempDir Path temporary) {
    root = temporary;
    directory = root.resolve("store");
    segment = directory.resolve(FileNames.segment(1));
  }

  private EmbeddedStore open(Path path) {
    return new KVStoreProvider().open(path, options);
  }

  private void fill(EmbeddedStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      written++;
      store.put(bytes("key" + i % 9), bytes("value " + i), Put.always().durable());
      model.put("key" + i % 9, "value " + i);
    }
  }

  /** A store with zeros ahead of its entries. */
  private EmbeddedStore filled() throws IOException {
    EmbeddedStore store = open(directory);
    do {
      fill(store, written, written + 4);
    } while (Files.size(segment) < end(store) + 100);
    return store;
  }

  private static long end(EmbeddedStore store) {
    return store.stats().segments().getLast().fileBytes();
  }

  /** The segment alone, as the end of the process leaves it. */
  private Path killed() throws IOException {
    try (EmbeddedStore store = filled()) {
      assertEquals(model, contents(store));
      Path left = Files.createDirectory(root.resolve("left"));
      Files.copy(segment, left.resolve(segment.getFileName()));
      return left;
    }
  }

  @Test
  void readerBesideAStoreSeesWhatTakesThePlaceOfZeros() throws IOException {
    try (EmbeddedStore store = filled();
        EmbeddedStore reader = open(directory, options.withReadOnly(true))) {
      assertEquals(model, contents(reader));
      long length = Files.size(segment);
      fill(store, written, written + 2);
      assertEquals(length, Files.size(segment));
      reader.refresh();
      assertEquals(model, contents(reader));
    }
  }

  private static EmbeddedStore open(Path path, StoreOptions readOnly) {
    return new KVStoreProvider().open(path, readOnly);
  }

  @Test
  @DisplayName("F7 verifyFindsNothingWrongWithZerosAhead: beside the store, and after its end; and counts no bytes for them")
  void verifyFindsNothingWrongWithZerosAhead() throws IOException {
    try (EmbeddedStore store = filled()) {
      VerifyReport beside = tools.verify(directory, Progress.none());
      assertEquals(List.of(), beside.findings());
      assertEquals(end(store), beside.bytes());
      Files.createDirectory(root.resolve("left"));
      Files.copy(segment, root.resolve("left").resolve(segment.getFileName()));
      VerifyReport after = tools.verify(root.resolve("left"), Progress.none());
      assertEquals(List.of(), after.findings());
      assertEquals(end(store), after.bytes());
    }
  }

  @Test
  @DisplayName("F3 verifyNamesAFlippedByteAmongTheZerosATornTail: no value is concerned")
  void verifyNamesAFlippedByteAmongTheZerosATornTail() throws IOException {
    Path left = killed();
    Path file = left.resolve(segment.getFileName());
    byte[] all = Files.readAllBytes(file);
    all[all.length - 10] = 1;
    Files.write(file, all);
    VerifyReport report = tools.verify(left, Progress.none());
    assertTrue(report.isSound());
    assertEquals(List.of(VerifyReport.Severity.TORN), report.findings().stream().map(VerifyReport.Finding::severity).toList());
    assertEquals(written, report.entries());
  }

  @Test
  void repairPassesOverZerosAhead() throws IOException {
    Path saved = root.resolve("saved");
    tools.repair(killed(), saved, Doubtful.KEEP, Progress.none());
    try (EmbeddedStore store = open(saved)) {
      assertEquals(model, contents(store));
    }
  }

  @Test
  void backupEndsWithTheEntriesAndRestoresEqual() throws IOException {
    Path backups = root.resolve("backups");
    long end;
    try (EmbeddedStore store = filled()) {
      end = end(store);
      Path made = tools.backup(directory, backups, Progress.none()).directory();
      assertEquals(end + SegmentFooter.LENGTH, Files.size(made.resolve(segment.getFileName())));
    }
    tools.restore(backups, root.resolve("restored"), Progress.none());
    try (EmbeddedStore store = open(root.resolve("restored"))) {
      assertEquals(model, contents(store));
    }
  }
}
