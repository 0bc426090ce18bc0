package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.BackupReport;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreLockedException;
import io.bitkv.api.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is the store at one sequence number, whatever the store does meanwhile, and restores to just that. */
class BackupTest {
  @TempDir private Path temporary;

  private final KVStoreTools tools = new KVStoreTools();
  private Path directory;
  private Path backups;

  @BeforeEach
  void nameDirectories() {
    directory = temporary.resolve("store");
    backups = temporary.resolve("backups");
  }

  private EmbeddedStore open() {
    return new KVStoreProvider().open(directory, options());
  }

  private static void fill(EmbeddedStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      store.put(bytes("key" + i % 40), bytes("value " + i));
      if (i % 7 == 0) {
        store.delete(bytes("key" + (i + 3) % 40));
      }
    }
  }

  private BackupReport backup() {
    return tools.backup(directory, backups, Progress.none());
  }

  private Map<String, String> restored(Path backup) {
    Path target = temporary.resolve("restored-" + System.nanoTime());
    tools.restore(backup, target, Progress.none());
    try (EmbeddedStore store = new KVStoreProvider().open(target, options())) {
      return TestStores.contents(store);
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.delete(file);
    Files.write(file, content);
  }

  @Test
  void openStoreIsBackedUpAsItIs() {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 500);
      Map<String, String> then = TestStores.contents(store);
      BackupReport report = backup();
      assertEquals(store.lastSequence(), report.lastSequence());
      assertEquals(report.bytes(), report.newBytes());
      fill(store, 500, 600);
      assertEquals(then, restored(backups));
      assertTrue(tools.verify(backups, Progress.none()).isSound());
    }
  }

  @Test
  void laterBackupAddsOnlyWhatIsNew() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 500);
      Map<String, String> first = TestStores.contents(store);
      BackupReport one = backup();
      fill(store, 500, 520);
      Map<String, String> second = TestStores.contents(store);
      BackupReport two = backup();
      assertTrue(two.newBytes() < two.bytes() / 2, two::toString);
      assertEquals(second, restored(two.directory()));
      assertEquals(first, restored(one.directory()));
      Object linked = inode(directory.resolve(FileNames.segment(1)));
      assertEquals(linked, inode(one.directory().resolve(FileNames.segment(1))));
      assertEquals(linked, inode(two.directory().resolve(FileNames.segment(1))));

      BackupReport three = backup();
      assertEquals(new BackupReport(two.directory(), two.lastSequence(), two.segments(), two.bytes(), 0, 0), three);
    }
  }

  @Test
  void emptyStoreIsBackedUpAndRestored() {
    open().close();
    assertEquals(0, backup().lastSequence());
    assertEquals(Map.of(), restored(backups));
  }

  @Test
  void backupAfterAMergeHoldsTheSameKeys() {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 800);
      backup();
      assertTrue(store.merges().run(true).merges() > 0);
      fill(store, 800, 810);
      Map<String, String> then = TestStores.contents(store);
      backup();
      assertEquals(then, restored(backups));
    }
  }

  @Test
  void segmentThatAMergeTakesAwayMeanwhileIsCopiedFromTheOpenFile() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 500);
    }
    Map<String, String> then;
    try (EmbeddedStore store = open()) {
      then = TestStores.contents(store);
    }
    try (Survey survey = Survey.of(ReadOnlyDisk.open(directory));
        BackupDirectory target = BackupDirectory.open(backups)) {
      Files.delete(directory.resolve(FileNames.segment(2)));
      Files.delete(directory.resolve(FileNames.hint(2)));
      BackupReport report = Backup.make(survey, target, Progress.none());
      assertTrue(report.copiedBytes() > 0);
      assertTrue(report.copiedBytes() < report.bytes());
    }
    assertEquals(then, restored(backups));
  }

  @Test
  @DisplayName("F2 damagedStoreIsNotBackedUp: and a damaged backup is not restored")
  void damagedStoreIsNotBackedUp() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 500);
    }
    BackupReport sound = backup();
    Path inBackup = sound.directory().resolve(FileNames.segment(2));
    flip(inBackup, 300);
    VerifyReport found = tools.verify(backups, Progress.none());
    assertEquals(inBackup, found.findings().getFirst().file());
    Path target = temporary.resolve("target");
    StoreCorruptException refusal = assertThrows(StoreCorruptException.class, () -> tools.restore(backups, target, Progress.none()));
    assertEquals(inBackup, refusal.file());
    assertFalse(Files.exists(target));

    Path segment = directory.resolve(FileNames.segment(1));
    flip(segment, 300);
    Path others = temporary.resolve("others");
    assertEquals(segment, assertThrows(StoreCorruptException.class, () -> tools.backup(directory, others, Progress.none())).file());
    try (Stream<Path> left = Files.list(others)) {
      assertEquals(List.of(others.resolve(FileNames.LOCK)), left.toList());
    }
  }

  @Test
  @DisplayName("F10 storeThatLacksASegmentIsNotBackedUp")
  void storeThatLacksASegmentIsNotBackedUp() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 500);
    }
    Files.delete(directory.resolve(FileNames.segment(2)));
    assertTrue(assertThrows(StoreCorruptException.class, this::backup).getMessage().contains(FileNames.segment(2)));
  }

  @Test
  @DisplayName("F29 whatAKilledBackupLeftIsRemovedByTheNext")
  void whatAKilledBackupLeftIsRemovedByTheNext() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 50);
    }
    Path unfinished = backups.resolve("0000000000000000007.tmp");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve(FileNames.segment(1)), "half");
    BackupReport report = backup();
    assertFalse(Files.exists(unfinished));
    assertEquals(report.directory(), BackupDirectory.newest(backups).orElseThrow());
  }

  @Test
  @DisplayName("F50 wrongTargetsAreRefusedByName")
  void wrongTargetsAreRefusedByName() throws IOException {
    try (EmbeddedStore store = open()) {
      fill(store, 0, 50);
    }
    backup();
    try (BackupDirectory held = BackupDirectory.open(backups)) {
      assertTrue(held.newest().isPresent());
      assertThrows(StoreLockedException.class, this::backup);
    }
    Path other = temporary.resolve("other");
    try (EmbeddedStore store = new KVStoreProvider().open(other, options())) {
      store.put(bytes("key"), bytes("value"));
    }
    String newer = assertThrows(InvalidOptionException.class, () -> tools.backup(other, backups, Progress.none())).getMessage();
    assertTrue(newer.contains("later writes"), newer);
    try (EmbeddedStore store = new KVStoreProvider().open(other, options())) {
      fill(store, 0, 500);
    }
    String foreign = assertThrows(InvalidOptionException.class, () -> tools.backup(other, backups, Progress.none())).getMessage();
    assertTrue(foreign.contains("another store"), foreign);
    assertThrows(InvalidOptionException.class, () -> tools.backup(directory, directory.resolve("in"), Progress.none()));
    Path mine = Files.createDirectory(temporary.resolve("mine"));
    Files.writeString(mine.resolve("notes.txt"), "mine");
    String strange = assertThrows(InvalidOptionException.class, () -> tools.backup(directory, mine, Progress.none())).getMessage();
    assertTrue(strange.contains("notes.txt"), strange);
    assertThrows(InvalidOptionException.class, () -> tools.restore(backups, mine, Progress.none()));
    assertThrows(InvalidOptionException.class, () -> tools.restore(mine, temporary.resolve("new"), Progress.none()));
    assertFalse(Files.exists(temporary.resolve("new")));
  }
}
