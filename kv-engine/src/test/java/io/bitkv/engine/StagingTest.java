package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  private static final int PAGE = 4 << 10;

  private final StoreOptions options = TestStores.options().withSegmentBytes(1 << 20);
  private final List<Map<String, String>> history = new ArrayList<>(List.of(Map.of()));
  private final Map<String, String> model = new TreeMap<>();
  private Path directory;
  private StagingFixture fixture;

  @BeforeEach
  void prepare(@TempDir Path root) throws IOException {
    directory = Files.createDirectory(root.resolve("store"));
    fixture = new StagingFixture(root);
  }

  private EmbeddedStore open() {
    return KVStore.open(FileDisk.open(directory), options);
  }

  private void put(EmbeddedStore store, String key, String value) {
    store.put(TestStores.bytes(key), TestStores.bytes(value));
    model.put(key, value);
    history.add(Map.copyOf(model));
  }

  /** A put, a deletion or a batch; values now and then larger than the staging file. */
  private void step(EmbeddedStore store, Random random) {
    String key = "key" + random.nextInt(20);
    String value = "v".repeat(random.nextInt(10) == 0 ? random.nextInt(400_000) : random.nextInt(9_000)) + random.nextInt();
    switch (random.nextInt(6)) {
      case 0 -> {
        store.delete(TestStores.bytes(key));
        model.remove(key);
        history.add(Map.copyOf(model));
      }
      case 1 -> {
        WriteBatch batch = new WriteBatch();
        for (String each : List.of(key, key + "a", key + "b")) {
          batch.put(KeyspaceId.DEFAULT, TestStores.bytes(each), TestStores.bytes(value));
          model.put(each, value);
        }
        store.commit(batch);
        history.add(Map.copyOf(model));
      }
      default -> put(store, key, value);
    }
  }

  @Test
  @DisplayName("F28 acknowledgedWriteSurvivesTheEndOfTheProcess: in the buffer, in the file, or in both, and over many segments")
  void acknowledgedWriteSurvivesTheEndOfTheProcess() throws IOException {
    Random random = new Random(1);
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 300; i++) {
        step(store, random);
        if (random.nextInt(10) == 0) {
          assertEquals(model, StagingFixture.contents(fixture.copy(directory), options), "after step " + i);
        }
      }
      assertEquals(model, TestStores.contents(store.keyspace(KeyspaceId.DEFAULT)));
    }
    assertFalse(Files.exists(StagingFixture.staging(directory)));
    assertEquals(model, StagingFixture.contents(directory, options));
  }

  @Test
  @DisplayName("F1 stagingFileCutAnywhereLeavesAPrefix")
  void stagingFileCutAnywhereLeavesAPrefix() throws IOException {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 12; i++) {
        put(store, "key" + i % 5, "value" + i);
      }
      byte[] staging = Files.readAllBytes(StagingFixture.staging(directory));
      int before = -1;
      for (int length = 0; length < 600; length += 7) {
        Path copy = fixture.copy(directory);
        Files.write(StagingFixture.staging(copy), Arrays.copyOf(staging, length));
        int recovered = StagingFixture.prefix(history, StagingFixture.contents(copy, options));
        assertTrue(recovered >= Math.max(0, before), "cut at " + length + ": " + recovered);
        before = recovered;
      }
      assertEquals(12, before);
    }
  }

  @Test
  @DisplayName("F4 byteOfTheStagingFileFlippedIsNeverAWrongValue")
  void byteOfTheStagingFileFlippedIsNeverAWrongValue() throws IOException {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 6; i++) {
        put(store, "key" + i % 3, "value" + i);
      }
      byte[] staging = Files.readAllBytes(StagingFixture.staging(directory));
      for (int at = 0; at < 300; at++) {
        byte[] flipped = staging.clone();
        flipped[at] ^= 0x41;
        Path copy = fixture.copy(directory);
        Files.write(StagingFixture.staging(copy), flipped);
        assertTrue(StagingFixture.prefix(history, StagingFixture.contents(copy, options)) >= 0, "byte " + at);
      }
    }
  }

  @Test
  @DisplayName("F22 lossOfPowerLeavesAPrefixWithAllThatWasSynced: whatever age each page of the staging file has")
  void lossOfPowerLeavesAPrefixWithAllThatWasSynced() throws IOException {
    Random random = new Random(2);
    List<byte[]> ages = new ArrayList<>();
    int synced = 0;
    long durable = 0;
    String segment = "";
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 300; i++) {
        step(store, random);
        ages.add(Files.readAllBytes(StagingFixture.staging(directory)));
        if (random.nextInt(20) == 0) {
          store.sync();
          synced = history.size() - 1;
          segment = StagingFixture.newestSegment(directory).toString();
          durable = store.stats().segments().getLast().fileBytes();
        }
        if (random.nextInt(4) == 0) {
          Path copy = fixture.copy(directory);
          loseSome(copy, StagingFixture.newestSegment(directory).toString().equals(segment) ? durable : 64, ages, random);
          int recovered = StagingFixture.prefix(history, StagingFixture.contents(copy, options));
          assertTrue(recovered >= synced, "after step " + i + ": " + recovered + " of " + synced);
        }
      }
    }
  }

  /**
   * Loses what is not durable of the newest segment from somewhere on, so that there are zeros, or nothing at all; and makes each page of the
   * staging file as old as may be.
   */
  private static void loseSome(Path copy, long durable, List<byte[]> ages, Random random) throws IOException {
    Path newest = StagingFixture.newestSegment(copy);
    byte[] bytes = Files.readAllBytes(newest);
    int from = (int) (durable + random.nextLong(bytes.length - durable + 1));
    Arrays.fill(bytes, from, bytes.length, (byte) 0);
    Files.write(newest, random.nextBoolean() ? bytes : Arrays.copyOf(bytes, from));
    byte[] mixed = ages.getLast().clone();
    for (int page = 0; page < mixed.length; page += PAGE) {
      byte[] age = ages.get(Math.max(0, ages.size() - 1 - random.nextInt(40)));
      System.arraycopy(age, page, mixed, page, Math.min(PAGE, mixed.length - page));
    }
    Files.write(StagingFixture.staging(copy), mixed);
  }

  @Test
  @DisplayName("F3 damageBelowAMarkThatOnlyTheStagingFileHoldsIsRefused: or passed over when told to")
  void damageBelowAMarkThatOnlyTheStagingFileHoldsIsRefused() throws IOException {
    try (EmbeddedStore store = open()) {
      put(store, "first", "1");
      put(store, "second", "2");
      store.sync();
      int end = (int) store.stats().segments().getLast().fileBytes();
      put(store, "third", "3");
      Path copy = fixture.copy(directory);
      Path segment = StagingFixture.newestSegment(copy);
      byte[] bytes = Files.readAllBytes(segment);
      bytes[end - 1] ^= 1;
      Files.write(segment, bytes);
      StoreCorruptException refusal =
          assertThrows(StoreCorruptException.class, () -> KVStore.open(FileDisk.open(copy), options).close());
      assertTrue(refusal.getMessage().contains(segment.getFileName().toString()), refusal::getMessage);
      StoreOptions lenient = options.withOnDamage(StoreOptions.OnDamage.QUARANTINE);
      assertEquals(Map.of("first", "1", "third", "3"), StagingFixture.contents(copy, lenient));
    }
  }
}
