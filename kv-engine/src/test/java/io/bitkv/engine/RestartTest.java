package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats;
import io.bitkv.api.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written is there after a restart, and nothing else: above all not what the original brought back. */
class RestartTest {
  @TempDir private Path directory;

  private EmbeddedStore open() {
    return open(TestStores.options());
  }

  private EmbeddedStore open(StoreOptions options) {
    return new KVStoreProvider().open(directory, options);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F30 deletedKeyStaysDeletedAfterRestart: a tombstone in a later segment outlives the value in an earlier one")
  void deletedKeyStaysDeletedAfterRestart(DirectoryKind kind) {
    StoreOptions options = TestStores.options().withDirectoryKind(kind);
    try (EmbeddedStore store = open(options)) {
      for (int i = 0; i < 300; i++) {
        store.put(bytes("key" + i), bytes("value of some length " + i));
      }
      for (int i = 0; i < 300; i += 2) {
        assertTrue(store.delete(bytes("key" + i)).isPresent());
      }
      assertTrue(store.stats().segments().size() > 3);
    }
    for (int restart = 0; restart < 3; restart++) {
      try (EmbeddedStore store = open(options)) {
        assertEquals(150, store.size());
        for (int i = 0; i < 300; i++) {
          assertEquals(i % 2 == 1, store.contains(bytes("key" + i)), "key" + i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F34 newestValueWinsAfterRestart: whatever the clock said when it was written")
  void newestValueWinsAfterRestart(DirectoryKind kind) {
    long[] now = {1_000_000};
    InstantSource clock = () -> Instant.ofEpochMilli(now[0]);
    StoreOptions options = TestStores.options().withDirectoryKind(kind).withClock(clock);
    try (EmbeddedStore store = open(options)) {
      for (int round = 0; round < 20; round++) {
        now[0] -= 50_000;
        for (int i = 0; i < 20; i++) {
          store.put(bytes("key" + i), bytes("round " + round));
        }
      }
    }
    for (int restart = 0; restart < 6; restart++) {
      try (EmbeddedStore store = open(options)) {
        assertEquals(20, store.size());
        contents(store).forEach((key, value) -> assertEquals("round 19", value, key));
      }
    }
  }

  @Test
  @DisplayName("F35 segmentsMadeInOneSecondDoNotOverwriteEachOther: ids are counted, not read off a clock")
  void segmentsMadeInOneSecondDoNotOverwriteEachOther() {
    InstantSource frozen = InstantSource.fixed(Instant.EPOCH);
    Map<String, String> expected = new TreeMap<>();
    for (int restart = 0; restart < 5; restart++) {
      try (EmbeddedStore store = open(TestStores.options().withClock(frozen))) {
        for (int i = 0; i < 100; i++) {
          String key = "restart " + restart + " key " + i;
          store.put(bytes(key), bytes("a value of some length, so that segments fill up " + i));
          expected.put(key, "a value of some length, so that segments fill up " + i);
        }
      }
    }
    try (EmbeddedStore store = open()) {
      assertEquals(expected, contents(store));
    }
  }

  @Test
  @DisplayName("F13 openingAnIntactStoreTwiceMakesNoFile")
  void openingAnIntactStoreTwiceMakesNoFile() throws IOException {
    try (EmbeddedStore store = open()) {
      store.put(bytes("key"), bytes("value"));
    }
    List<String> before = files();
    for (int restart = 0; restart < 3; restart++) {
      try (EmbeddedStore store = open()) {
        assertEquals("value", text(store.get(bytes("key")).orElseThrow()));
      }
      assertEquals(before, files());
    }
  }

  @Test
  void sequenceNumbersGoOnAfterRestart() {
    long last;
    try (EmbeddedStore store = open()) {
      store.put(bytes("key"), bytes("1"));
      last = store.delete(bytes("key")).orElseThrow();
    }
    try (EmbeddedStore store = open()) {
      assertEquals(last, store.lastSequence());
      assertEquals(last, store.durableSequence());
      assertEquals(last + 1, store.put(bytes("key"), bytes("2")));
    }
  }

  @Test
  void namedKeyspacesKeepTheirKeysAndTheirNames() {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 20; i++) {
        store.keyspace("name " + i).put(bytes("key"), bytes("value " + i));
      }
      store.keyspace("name 3").clear();
      store.commit(new WriteBatch().put(new KeyspaceId.Named("by batch"), bytes("key"), bytes("batch")));
    }
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 20; i++) {
        assertEquals(i == 3 ? Map.of() : Map.of("key", "value " + i), contents(store.keyspace("name " + i)));
      }
      assertEquals(Map.of("key", "batch"), contents(store.keyspace("by batch")));
      store.keyspace("another").put(bytes("key"), bytes("another"));
      assertEquals(Map.of("key", "batch"), contents(store.keyspace("by batch")));
      assertFalse(store.keyspace("name 3").contains(bytes("key")));
    }
  }

  @Test
  @DisplayName("F36 expiryOutlivesARestart")
  void expiryOutlivesARestart() {
    long[] now = {1_000};
    StoreOptions options = TestStores.options().withClock(() -> Instant.ofEpochMilli(now[0]));
    try (EmbeddedStore store = open(options)) {
      store.put(bytes("older"), bytes("1"));
      store.put(bytes("older"), bytes("2"), Put.always().expiresAt(Instant.ofEpochMilli(5_000)));
      store.put(bytes("key"), bytes("1"), Put.always().expiresAt(Instant.ofEpochMilli(9_000)));
    }
    now[0] = 6_000;
    try (EmbeddedStore store = open(options)) {
      assertFalse(store.contains(bytes("older")));
      assertEquals(9_000, store.getVersioned(bytes("key")).orElseThrow().expiresAtMillis());
    }
  }

  @ParameterizedTest
  @EnumSource
  void liveBytesAreTheSameAfterRestart(DirectoryKind kind) {
    StoreOptions options = TestStores.options().withDirectoryKind(kind);
    List<StoreStats.SegmentStats> before;
    try (EmbeddedStore store = open(options)) {
      for (int i = 0; i < 400; i++) {
        store.put(bytes("key" + i % 50), bytes("value " + i));
        store.keyspace(7).put(bytes("key" + i), bytes("x"));
      }
      for (int i = 0; i < 10; i++) {
        store.delete(bytes("key" + i));
      }
      store.keyspace(7).clear();
      store.keyspace(7).put(bytes("after"), bytes("clear"));
      before = store.stats().segments();
    }
    try (EmbeddedStore store = open(options)) {
      var after = store.stats().segments();
      assertEquals(before.size(), after.size());
      for (int i = 0; i < after.size(); i++) {
        assertEquals(before.get(i).liveBytes(), after.get(i).liveBytes(), "segment " + after.get(i).id());
      }
    }
  }
}
