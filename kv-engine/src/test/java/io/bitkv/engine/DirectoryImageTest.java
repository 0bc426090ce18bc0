package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The file of the key directories makes a restart after a clean close faster, never another one. */
class DirectoryImageTest {
  private static final KeyspaceId NAMED = new KeyspaceId.Named("named");

  /** More bytes than header, tables and the first block have. */
  private static final int WHOLE_HEAD = 1000;

  /** Some bytes, which do not divide the length of a block. */
  private static final int FEW_BYTES = 211;

  private MergeFixture files = new MergeFixture();
  private Map<String, String> expected;
  private List<StoreStats.SegmentStats> segments;
  private long last;

  /** Leaves a store behind that was closed: with dead and deleted keys, in several segments and keyspaces. */
  private void fill() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 150, "a value of some length ");
      MergeFixture.fill(store, "key", 0, 7, "another value ");
      store.delete(bytes("key149"));
      store.keyspace(NAMED).put(bytes("key"), bytes("value"));
      note(store);
    }
    assertTrue(files.disk.files.containsKey(FileNames.SNAPSHOT));
  }

  private void note(EmbeddedStore store) {
    expected = contents(store);
    segments = store.stats().segments();
    last = store.lastSequence();
  }

  private static Map<String, String> contents(EmbeddedStore store) {
    Map<String, String> contents = new TreeMap<>(TestStores.contents(store));
    TestStores.contents(store.keyspace(NAMED)).forEach((key, value) -> contents.put("named " + key, value));
    return contents;
  }

  /** Opens a disk and checks what it holds; returns how many warnings that took. */
  private int check(MemoryDisk disk, String how) {
    int before = files.listener.all(StoreListener.Warning.class).size();
    try (EmbeddedStore store = KVStore.open(disk.hold(), files.options)) {
      assertFalse(disk.files.containsKey(FileNames.SNAPSHOT), how);
      assertEquals(expected, contents(store), how);
      assertEquals(last, store.lastSequence(), how);
      List<StoreStats.SegmentStats> there = store.stats().segments();
      assertEquals(segments.stream().map(StoreStats.SegmentStats::id).toList(), there.stream().map(StoreStats.SegmentStats::id).toList(), how);
      assertEquals(
          segments.stream().map(StoreStats.SegmentStats::liveBytes).toList(), there.stream().map(StoreStats.SegmentStats::liveBytes).toList(), how);
    }
    return files.listener.all(StoreListener.Warning.class).size() - before;
  }

  @Test
  @DisplayName("cleanCloseLeavesTheDirectories: the next opening reads neither hint files nor entries")
  void cleanCloseLeavesTheDirectories() {
    fill();
    List<String> opened = new ArrayList<>();
    MemoryDisk disk = files.disk.copy();
    disk.faults =
        call -> {
          if (call.kind() == Faults.Kind.OPEN) {
            opened.add(call.file());
          }
        };
    assertEquals(0, check(disk, "as it was left"));
    assertTrue(opened.contains(FileNames.SNAPSHOT), opened::toString);
    assertTrue(opened.stream().noneMatch(name -> name.endsWith(".hint")), opened::toString);
  }

  @Test
  @DisplayName("stripeOfManyKeysIsLeftWhole: one that is longer than those before")
  void stripeOfManyKeysIsLeftWhole() throws IOException {
    int keys = 10_000;
    MemoryDisk disk = new MemoryDisk();
    KeyspaceTable written = new KeyspaceTable(1, new StripeLocks(1), DirectoryKind.COMPACT);
    KeyspaceTable read = new KeyspaceTable(1, new StripeLocks(1), DirectoryKind.COMPACT);
    written.locks().lock(0);
    for (int i = 0; i < keys; i++) {
      written.numbered(1).directory().insert(DirectoryFixture.key(i), EntryLocation.of(1, 32 + i, false));
    }
    written.locks().unlock(0);
    new DirectoryImageWriter(disk, new SegmentTable(), written).write(0);
    new DirectoryImageReader(disk, new SegmentTable(), read).read();
    assertEquals(keys, read.numbered(1).directory().size());
    for (int i = 0; i < keys; i++) {
      assertTrue(read.numbered(1).directory().isAt(DirectoryFixture.key(i), EntryLocation.of(1, 32 + i, false)), "key " + i);
    }
    written.close();
    read.close();
  }

  @Test
  void formatDocumentShowsItsBytes() throws IOException {
    String source = Files.readString(Path.of("src", "main", "java", "io", "bitkv", "engine", "DirectoryImage.java"));
    String comment = source.substring(source.indexOf("<pre>\n") + 6, source.indexOf(" * </pre>"));
    String picture = comment.lines().map(line -> line.replaceFirst("^ \\* ?", "")).collect(Collectors.joining("\n"));
    assertTrue(Files.readString(Path.of("..", "docs", "FORMAT.md")).contains("```text\n" + picture + "\n```"), picture);
  }

  @Test
  @DisplayName("damagedImageIsIgnored: any byte of its head and first block flipped, others here and there, or cut at any of these")
  void damagedImageIsIgnored() {
    fill();
    int length = files.disk.file(FileNames.SNAPSHOT).bytes().length;
    for (int at = 0; at < length; at += at < WHOLE_HEAD ? 1 : FEW_BYTES) {
      MemoryDisk flipped = files.disk.copy();
      DamageFixture.flip(flipped.file(FileNames.SNAPSHOT), at, 1 << at % 8);
      assertEquals(1, check(flipped, "byte " + at + " flipped"));
      if (at % 3 == 0) {
        MemoryDisk cut = files.disk.copy();
        cut.file(FileNames.SNAPSHOT).truncate(at);
        assertEquals(1, check(cut, "cut at " + at));
      }
    }
  }

  @Test
  @DisplayName("staleImageIsIgnored: of an earlier state, of another store, too long, or beside segments that were merged")
  void staleImageIsIgnored() {
    fill();
    MemoryFile early = DamageFixture.copy(files.disk.file(FileNames.SNAPSHOT));
    MemoryDisk tooLong = files.disk.copy();
    tooLong.file(FileNames.SNAPSHOT).write(tooLong.file(FileNames.SNAPSHOT).size(), new byte[] {0}, 1);
    assertEquals(1, check(tooLong, "too long"));
    MergeFixture other = new MergeFixture();
    try (EmbeddedStore store = other.open()) {
      MergeFixture.fill(store, "key", 0, 150, "a value of some length ");
    }
    MemoryDisk foreign = files.disk.copy();
    foreign.files.put(FileNames.SNAPSHOT, DamageFixture.copy(other.disk.file(FileNames.SNAPSHOT)));
    assertEquals(1, check(foreign, "foreign"));
    try (EmbeddedStore store = files.open()) {
      store.put(bytes("key0"), bytes("newer"));
      note(store);
    }
    checkWith(early, "after a write");
    MemoryFile beforeMerge = DamageFixture.copy(files.disk.file(FileNames.SNAPSHOT));
    try (EmbeddedStore store = files.open()) {
      assertTrue(store.merges().run(true).merges() > 0);
      note(store);
    }
    checkWith(beforeMerge, "after a merge");
  }

  private void checkWith(MemoryFile image, String how) {
    MemoryDisk disk = files.disk.copy();
    disk.files.put(FileNames.SNAPSHOT, DamageFixture.copy(image));
    assertEquals(1, check(disk, how));
  }

  @Test
  @DisplayName("imageIsForTheCompactDirectoryAlone: the others keep the keys, and remove it")
  void imageIsForTheCompactDirectoryAlone() {
    for (DirectoryKind kind : List.of(DirectoryKind.HEAP, DirectoryKind.ORDERED)) {
      files = new MergeFixture();
      fill();
      files.options = files.options.withDirectoryKind(kind);
      assertEquals(0, check(files.disk, kind.toString()));
      assertFalse(files.disk.files.containsKey(FileNames.SNAPSHOT));
      files.options = files.options.withDirectoryKind(DirectoryKind.COMPACT);
      assertEquals(0, check(files.disk, "without an image"));
    }
  }

  @Test
  @DisplayName("F20 imageAppearsWholeOrNotAtAll: its making fails at any call, and closing goes on")
  void imageAppearsWholeOrNotAtAll() {
    fill();
    for (Faults.Kind kind : List.of(Faults.Kind.CREATE, Faults.Kind.WRITE, Faults.Kind.SYNC, Faults.Kind.RENAME)) {
      MemoryDisk disk = files.disk.copy();
      disk.faults =
          call -> {
            if (call.kind() == kind && call.file().startsWith(FileNames.SNAPSHOT)) {
              throw new IOException("Input/output error");
            }
          };
      assertEquals(1, check(disk, kind.toString()));
      assertTrue(disk.files.keySet().stream().noneMatch(name -> name.startsWith(FileNames.SNAPSHOT)), kind.toString());
      disk.faults = Faults.none();
      assertEquals(0, check(disk, "after a failed " + kind));
    }
    MemoryDisk full = files.disk.copy();
    full.capacity = full.used() + 1000;
    assertEquals(1, check(full, "on a full disk"));
  }

  @Test
  @DisplayName("F29 crashInClosingOrOpeningLosesNothing: at each call, with and without what was not synced")
  void crashInClosingOrOpeningLosesNothing() {
    fill();
    int before = files.disk.traced();
    for (int i = 0; i < 3; i++) {
      try (EmbeddedStore store = files.open()) {
        store.put(bytes("key0"), bytes("value of opening " + i));
        store.sync();
        note(store);
      }
      for (int moment = before; moment < files.disk.traced(); moment++) {
        checkCrash(moment, CrashState.ALL, "value of opening " + i);
        checkCrash(moment, CrashState.NONE, "value of opening " + i);
      }
      before = files.disk.traced();
    }
  }

  private void checkCrash(int moment, CrashState.Survival survival, String value) {
    MemoryDisk left = CrashState.at(files.disk, moment, survival);
    for (int opening = 0; opening < 2; opening++) {
      try (EmbeddedStore store = KVStore.open(left.hold(), files.options)) {
        Map<String, String> contents = contents(store);
        contents.merge("key0", value, (there, other) -> there.startsWith("value of opening") || there.startsWith("another") ? other : there);
        assertEquals(expected, contents, "after a crash at " + moment);
      }
    }
  }
}
