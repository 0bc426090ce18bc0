package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.WritesRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is only read shows one state of the log at a time, beside its writer, and changes nothing. */
class ReadOnlyStoreTest {
  private static final StoreOptions READ_ONLY = options().withReadOnly(true);

  @TempDir private Path temporary;

  private Path directory;

  @BeforeEach
  void nameDirectory() {
    directory = temporary.resolve("store");
  }

  private EmbeddedStore writer() {
    return new KVStoreProvider().open(directory, options());
  }

  private EmbeddedStore reader(StoreOptions options) {
    return new KVStoreProvider().open(directory, options);
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return files;
  }

  @ParameterizedTest
  @EnumSource(DirectoryKind.class)
  void recentStateIsSeenAndRefreshed(DirectoryKind kind) {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("1"));
      writer.keyspace("users").put(bytes("ada"), bytes("lovelace"));
      try (EmbeddedStore reader = reader(READ_ONLY.withDirectoryKind(kind))) {
        assertEquals(Map.of("key", "1"), TestStores.contents(reader));
        assertEquals(Map.of("ada", "lovelace"), TestStores.contents(reader.keyspace("users")));
        assertEquals(writer.lastSequence(), reader.lastSequence());
        writer.put(bytes("key"), bytes("2"));
        writer.put(bytes("new"), bytes("value"));
        writer.keyspace("users").delete(bytes("ada"));
        assertEquals(Map.of("key", "1"), TestStores.contents(reader), "nothing changes by itself");
        reader.refresh();
        assertEquals(Map.of("key", "2", "new", "value"), TestStores.contents(reader));
        assertEquals(Map.of(), TestStores.contents(reader.keyspace("users")));
        assertEquals(writer.lastSequence(), reader.lastSequence());
      }
    }
  }

  @Test
  void everyWriteIsRefusedAndNothingIsChanged() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("value"));
    }
    Map<String, Long> before = files();
    try (EmbeddedStore reader = reader(READ_ONLY)) {
      List<Executable> writes =
          List.of(
              () -> reader.put(bytes("key"), bytes("new")),
              () -> reader.put(bytes("key"), bytes("new"), Put.always()),
              () -> reader.delete(bytes("absent")),
              () -> reader.delete(bytes("key"), Condition.ALWAYS),
              () -> reader.expire(bytes("key"), Expiry.NEVER),
              reader::clear,
              () -> reader.commit(new WriteBatch().put(bytes("key"), bytes("new"))),
              () -> reader.deferred().put(bytes("key"), bytes("new")),
              () -> reader.deferred().commit(new WriteBatch().delete(bytes("key"))),
              () -> reader.exclusively(tx -> tx.put(bytes("key"), bytes("new"))),
              () -> reader.atomically(List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("key"))), tx -> tx.put(bytes("key"), bytes("new"))),
              reader::sync,
              () -> reader.syncPolicy(SyncPolicy.always()),
              () -> reader.merges().run(true));
      for (Executable write : writes) {
        WritesRefusedException refusal = assertThrows(WritesRefusedException.class, write);
        assertEquals(WritesRefusedException.Reason.READ_ONLY, refusal.reason());
        assertTrue(refusal.getMessage().contains(directory.toString()), refusal::getMessage);
      }
      assertEquals("value", reader.<String>atomically(List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("key"))), tx -> TestStores.text(tx.get(bytes("key")).orElseThrow())));
      assertFalse(reader.stats().health().isWritable());
      reader.deferred().close();
      assertTrue(reader.contains(bytes("key")));
    }
    assertEquals(before, files());
  }

  @Test
  @DisplayName("F1 tornTailOfACrashIsPassedOverAndLeftWhereItIs")
  void tornTailOfACrashIsPassedOverAndLeftWhereItIs() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("value"));
      writer.sync();
      Path copy = Files.createDirectory(temporary.resolve("copy"));
      Path segment = directory.resolve(FileNames.segment(1));
      byte[] content = Files.readAllBytes(segment);
      byte[] torn = Arrays.copyOf(content, content.length + 5);
      torn[content.length] = 1;
      Files.write(copy.resolve(FileNames.segment(1)), torn);
      directory = copy;
    }
    Map<String, Long> before = files();
    try (EmbeddedStore reader = reader(READ_ONLY)) {
      assertEquals(Map.of("key", "value"), TestStores.contents(reader));
    }
    assertEquals(before, files());
  }

  @Test
  void whatMergesTakeAwayIsStillReadUntilTheRefresh() {
    try (EmbeddedStore writer = writer()) {
      for (int i = 0; i < 300; i++) {
        writer.put(bytes("key" + i % 20), bytes("value " + i));
      }
      try (EmbeddedStore reader = reader(READ_ONLY)) {
        Map<String, String> before = TestStores.contents(reader);
        for (int i = 0; i < 300; i++) {
          writer.put(bytes("key" + i % 20), bytes("later " + i));
        }
        assertTrue(writer.merges().run(true).merges() > 0);
        assertEquals(before, TestStores.contents(reader));
        reader.refresh();
        assertEquals(TestStores.contents(writer), TestStores.contents(reader));
      }
    }
  }

  @Test
  void streamGoesOnInTheStateInWhichItBegan() {
    try (EmbeddedStore writer = writer();
        EmbeddedStore reader = open(writer)) {
      try (Stream<byte[]> keys = reader.keys(Scan.all())) {
        var iterator = keys.iterator();
        Set<String> met = new HashSet<>(Set.of(TestStores.text(iterator.next())));
        writer.clear();
        reader.refresh();
        assertEquals(0, reader.size());
        iterator.forEachRemaining(key -> met.add(TestStores.text(key)));
        assertEquals(100, met.size());
      }
    }
  }

  private EmbeddedStore open(EmbeddedStore writer) {
    for (int i = 0; i < 100; i++) {
      writer.put(bytes("key" + i), bytes("value ".repeat(20)));
    }
    return reader(READ_ONLY);
  }

  @Test
  void whatIsInSealedSegmentsIsKnownToBeDurable() {
    try (EmbeddedStore writer = writer();
        EmbeddedStore reader = open(writer)) {
      assertTrue(reader.durableSequence() > 0);
      assertTrue(reader.durableSequence() < reader.lastSequence());
      reader.whenDurable(reader.durableSequence()).toCompletableFuture().join();
      assertThrows(CompletionException.class, () -> reader.whenDurable(reader.lastSequence()).toCompletableFuture().join());
    }
  }

  @Test
  @DisplayName("F2 damageIsRefusedAndTheStateStaysAsItWas")
  void damageIsRefusedAndTheStateStaysAsItWas() throws IOException {
    try (EmbeddedStore writer = writer()) {
      writer.put(bytes("key"), bytes("1"));
    }
    try (EmbeddedStore reader = reader(READ_ONLY.withDirectoryKind(DirectoryKind.HEAP))) {
      try (EmbeddedStore writer = writer()) {
        writer.put(bytes("key"), bytes("2"));
      }
      Path segment = directory.resolve(FileNames.segment(2));
      byte[] content = Files.readAllBytes(segment);
      content[70] ^= 1;
      Files.write(segment, content);
      assertThrows(StoreCorruptException.class, reader::refresh);
      assertEquals("1", TestStores.text(reader.get(bytes("key")).orElseThrow()));
    }
  }

  @Test
  @DisplayName("F50 directoryThatIsNotThereIsRefusedAndNotMade")
  void directoryThatIsNotThereIsRefusedAndNotMade() {
    assertThrows(StoreIoException.class, () -> reader(READ_ONLY));
    assertFalse(Files.exists(directory));
  }

  @Test
  void closedReaderRefusesEverything() {
    try (EmbeddedStore writer = writer()) {
      EmbeddedStore reader = open(writer);
      reader.close();
      reader.close();
      assertThrows(StoreClosedException.class, () -> reader.get(bytes("key1")));
      assertThrows(StoreClosedException.class, reader::refresh);
      assertThrows(StoreClosedException.class, () -> reader.put(bytes("key"), bytes("value")));
    }
  }
}
