package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.BackupReport;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreTools.Doubtful;
import io.bitkv.api.VerifyReport;
import io.bitkv.api.WriteBatch;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever only reads beside the writer, or copies its files, has what is staged too, and changes nothing. */
class StagedReadingTest {
  private static final StoreOptions OPTIONS = TestStores.options().withSegmentBytes(1 << 20);
  private static final int KEYS = 5;

  private final KVStoreTools tools = new KVStoreTools();
  private Path root;
  private Path directory;
  private StagingFixture fixture;

  @BeforeEach
  void prepare(@TempDir Path temporary) throws IOException {
    root = temporary;
    directory = Files.createDirectory(root.resolve("store"));
    fixture = new StagingFixture(root);
  }

  private EmbeddedStore writer() {
    return new KVStoreProvider().open(directory, OPTIONS);
  }

  private EmbeddedStore reader() {
    return new KVStoreProvider().open(directory, OPTIONS.withReadOnly(true));
  }

  private Map<String, String> contents(Path store) {
    try (EmbeddedStore opened = new KVStoreProvider().open(store, OPTIONS)) {
      return TestStores.contents(opened);
    }
  }

  @Test
  void readOnlyStoreSeesWritesThatAreStillStaged() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("1"));
      byte[] staging = Files.readAllBytes(StagingFixture.staging(directory));
      Path segment = StagingFixture.newestSegment(directory);
      assertEquals(SegmentHeader.LENGTH, Files.size(segment), "nothing is written yet");
      try (EmbeddedStore reader = reader()) {
        assertEquals(Map.of("key", "1"), TestStores.contents(reader));
        assertEquals(1, reader.lastSequence());
        assertArrayEquals(staging, Files.readAllBytes(StagingFixture.staging(directory)));
        writer.put(bytes("key"), bytes("2"));
        writer.put(bytes("other"), bytes("3"));
        assertEquals(Map.of("key", "1"), TestStores.contents(reader), "nothing changes by itself");
        assertEquals(SegmentHeader.LENGTH, Files.size(segment), "nothing is written yet");
        reader.refresh();
        assertEquals(Map.of("key", "2", "other", "3"), TestStores.contents(reader));
        writer.sync();
        reader.refresh();
        assertEquals(Map.of("key", "2", "other", "3"), TestStores.contents(reader));
        writer.delete(bytes("key"));
        reader.refresh();
        assertEquals(Map.of("other", "3"), TestStores.contents(reader));
      }
      assertTrue(Files.exists(StagingFixture.staging(directory)));
    }
  }

  @Test
  void toolsSeeWritesThatAreStillStaged() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("written"), bytes("1"));
      writer.sync();
      writer.put(bytes("staged"), bytes("2"));
      writer.put(bytes("written"), bytes("3"));
      Map<String, String> then = TestStores.contents(writer);
      VerifyReport report = tools.verify(directory, Progress.none());
      assertTrue(report.findings().isEmpty(), report::toString);
      assertEquals(3, report.entries());
      assertEquals(3, report.lastSequence());
      BackupReport backup = tools.backup(directory, root.resolve("backups"), Progress.none());
      assertEquals(3, backup.lastSequence());
      Path restored = root.resolve("restored");
      tools.restore(backup.directory(), restored, Progress.none());
      assertEquals(then, contents(restored));
      Path repaired = root.resolve("repaired");
      tools.repair(directory, repaired, Doubtful.KEEP, Progress.none());
      assertEquals(then, contents(repaired));
      assertEquals(then, TestStores.contents(writer));
    }
  }

  /** What a reader does while a writer sets all keys of a batch to one number, again and again. */
  @FunctionalInterface
  private interface Round {
    /** Reads; the number that was acknowledged before must not be missed. */
    void read(int acknowledged) throws Exception;
  }

  /** Batches of 60 kB: the staging file is begun anew after every fourth. */
  private void besideAWriter(int rounds, Round round) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger acknowledged = new AtomicInteger();
    try (EmbeddedStore writer = writer();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      writer.commit(numbered(0));
      Future<?> writing =
          executor.submit(
              () -> {
                for (int i = 1; !isOver.get(); i++) {
                  writer.commit(numbered(i));
                  acknowledged.set(i);
                  if (i % 100 == 0) {
                    writer.merges().run(true);
                  }
                }
              });
      try {
        for (int i = 0; i < rounds; i++) {
          round.read(acknowledged.get());
        }
      } finally {
        isOver.set(true);
      }
      writing.get(30, TimeUnit.SECONDS);
    }
  }

  private static WriteBatch numbered(int number) {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < KEYS; i++) {
      batch.put(bytes("key" + i), bytes(number + " ".repeat(12_000)));
    }
    return batch;
  }

  private static void expectOneMoment(Map<String, String> contents, int atLeast) {
    Set<String> numbers = new HashSet<>();
    contents.values().forEach(value -> numbers.add(value.strip()));
    assertEquals(KEYS, contents.size());
    assertEquals(1, numbers.size(), numbers::toString);
    assertTrue(Integer.parseInt(numbers.iterator().next()) >= atLeast, () -> numbers + " after " + atLeast);
  }

  @Test
  @Timeout(120)
  void refreshMissesNothingThatWasAcknowledgedBefore() throws Exception {
    writer().close();
    try (EmbeddedStore reader = reader()) {
      besideAWriter(
          60,
          acknowledged -> {
            reader.refresh();
            expectOneMoment(TestStores.contents(reader), acknowledged);
          });
    }
  }

  @Test
  @Timeout(120)
  void backupMissesNothingThatWasAcknowledgedBefore() throws Exception {
    besideAWriter(
        8,
        acknowledged -> {
          BackupReport backup = tools.backup(directory, root.resolve("backups"), Progress.none());
          Path restored = root.resolve("restored-" + System.nanoTime());
          tools.restore(backup.directory(), restored, Progress.none());
          expectOneMoment(contents(restored), acknowledged);
        });
  }

  @Test
  @Timeout(120)
  void verifyingBesideAWriterNamesNoDamage() throws Exception {
    besideAWriter(
        20,
        acknowledged -> {
          VerifyReport report = tools.verify(directory, Progress.none());
          assertTrue(report.isSound(), report::toString);
          assertTrue(report.lastSequence() >= (acknowledged + 1L) * KEYS, report::toString);
        });
  }

  @Test
  @DisplayName("F22 copyWithoutItsStagingFileIsAnEarlierState")
  void copyWithoutItsStagingFileIsAnEarlierState() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("1"));
      writer.sync();
      writer.put(bytes("key"), bytes("2"));
      Path copy = fixture.copy(directory);
      Files.delete(StagingFixture.staging(copy));
      assertEquals(Map.of("key", "1"), StagingFixture.contents(copy, OPTIONS));
    }
  }

  @Test
  @DisplayName("F22 stagingFileOfAnotherStateIsPassedOver: of an earlier one, of another store, and of no store")
  void stagingFileOfAnotherStateIsPassedOver() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    try (EmbeddedStore writer = writer();
        EmbeddedStore stranger = new KVStoreProvider().open(other, OPTIONS)) {
      writer.put(bytes("key"), bytes("1"));
      stranger.put(bytes("key"), bytes("strange"));
      byte[] earlier = Files.readAllBytes(StagingFixture.staging(directory));
      byte[] strange = Files.readAllBytes(StagingFixture.staging(other));
      byte[] noise = new byte[StagingFile.LENGTH];
      Arrays.fill(noise, (byte) 0x5A);
      writer.put(bytes("key"), bytes("2"));
      writer.sync();
      for (byte[] staging : new byte[][] {earlier, strange, noise, {}}) {
        Path copy = fixture.copy(directory);
        Files.write(StagingFixture.staging(copy), staging);
        assertEquals(Map.of("key", "2"), StagingFixture.contents(copy, OPTIONS));
      }
    }
  }
}
