package io.bitkv.engine;

import static io.bitkv.engine.DamageFixture.content;
import static io.bitkv.engine.DamageFixture.flip;
import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Progress;
import io.bitkv.api.RepairReport;
import io.bitkv.api.StoreTools.Doubtful;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairing saves all that is whole, brings nothing back that was overwritten or deleted, and leaves the damaged store alone. */
class RepairTest {
  @TempDir private Path temporary;

  private final DamageFixture fixture = DamageFixture.sealed();

  /** An entry of the store before it was damaged. */
  private record Written(String file, long from, long to, long sequence, EntryKind kind, String key, String value) {}

  /** What a repair gave. */
  private record Repaired(RepairReport report, Map<String, String> contents) {}

  private static List<Written> entries(MemoryDisk disk) throws IOException {
    List<Written> entries = new ArrayList<>();
    try (Survey survey = Survey.of(disk)) {
      for (Segment segment : survey.segments()) {
        SegmentScanner scanner = new SegmentScanner(segment);
        while (scanner.next() == SegmentScanner.Step.ENTRY) {
          var header = scanner.header();
          String key = new String(scanner.window(), scanner.keyFrom(), header.keyLength());
          String value = new String(scanner.window(), scanner.keyFrom() + header.keyLength(), header.valueLength());
          String file = FileNames.segment(segment.id());
          entries.add(new Written(file, scanner.offset(), scanner.resumesAt(), header.sequence(), header.kind(), key, value));
        }
      }
    }
    return entries;
  }

  /** What must be read when some entries are lost: a key whose newest entry is, is lost. */
  private Map<String, String> without(Predicate<Written> lost) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Written entry : entries(fixture.disk)) {
      if (lost.test(entry) || entry.kind() == EntryKind.TOMBSTONE) {
        expected.remove(entry.key());
      } else {
        expected.put(entry.key(), entry.value());
      }
    }
    return expected;
  }

  private static MemoryDisk copy(MemoryDisk disk) {
    MemoryDisk copy = new MemoryDisk();
    disk.files.forEach((name, file) -> copy.files.put(name, DamageFixture.copy(file)));
    return copy;
  }

  private static Repaired repair(MemoryDisk damaged, Doubtful doubtful) throws IOException {
    Map<?, ?> before = content(damaged);
    MemoryDisk target = new MemoryDisk();
    RepairReport report;
    try (Survey survey = Survey.of(damaged)) {
      report = new Repair(survey, target, doubtful, Progress.none()).run();
    }
    assertEquals(before, content(damaged), "the damaged store was changed");
    Map<String, String> opened = DamageFixture.open(target, options());
    assertEquals(opened.size(), report.liveEntries());
    return new Repaired(report, opened);
  }

  @Test
  @DisplayName("F2 F4 everyFlippedByteCostsItsEntryAlone: and what that overwrote or deleted stays away")
  void everyFlippedByteCostsItsEntryAlone() throws IOException {
    for (String name : List.copyOf(fixture.disk.files.keySet())) {
      for (int at = 0; !name.equals(FileNames.RESERVE) && at < fixture.disk.file(name).size(); at++) {
        MemoryDisk disk = copy(fixture.disk);
        flip(disk.file(name), at, 1 << at % 8);
        int place = at;
        Repaired repaired = repair(disk, Doubtful.KEEP);
        Map<String, String> expected = without(entry -> entry.file().equals(name) && entry.from() <= place && place < entry.to());
        assertEquals(expected, repaired.contents(), () -> name + " byte " + place + ": " + repaired.report());
        assertEquals(0, repaired.report().doubtfulEntries());
        assertFalse(repaired.report().findings().isEmpty());
      }
    }
  }

  @Test
  void deletionThatIsLostWithoutAHintDeletesNothingUnlessToldTo() throws IOException {
    Written deletion = entries(fixture.disk).stream().filter(entry -> entry.kind() == EntryKind.TOMBSTONE).toList().get(1);
    assertFalse(fixture.last().containsKey(deletion.key()), "the fixture writes it again");
    MemoryDisk disk = copy(fixture.disk);
    flip(disk.file(deletion.file()), (int) deletion.from() + 1, 0xFF);
    disk.files.remove(FileNames.hint(2));

    Repaired kept = repair(disk, Doubtful.KEEP);
    assertTrue(kept.contents().containsKey(deletion.key()), "nothing tells of it, so the older value is kept");
    assertTrue(kept.report().doubtfulEntries() > 0);
    assertEquals(0, kept.report().lostEntries());

    Repaired strict = repair(disk, Doubtful.LEAVE_OUT);
    assertEquals(kept.report().doubtfulEntries(), strict.report().doubtfulEntries());
    assertFalse(strict.contents().containsKey(deletion.key()));
    strict.contents().forEach((key, value) -> assertEquals(fixture.last().get(key), value));
    assertTrue(strict.contents().containsKey("expiring"), "what is newer than the damage is not in doubt");
  }

  @Test
  void segmentWithoutAHeaderIsLostAsAWholeButItsHintsTellWhatItHeld() throws IOException {
    MemoryDisk disk = copy(fixture.disk);
    disk.file(FileNames.segment(2)).write(0, new byte[SegmentHeader.LENGTH], SegmentHeader.LENGTH);
    Repaired repaired = repair(disk, Doubtful.KEEP);
    assertEquals(without(entry -> entry.file().equals(FileNames.segment(2))), repaired.contents());
    assertEquals(6, repaired.report().lostEntries());
    assertEquals(0, repaired.report().doubtfulEntries());
  }

  @Test
  @DisplayName("F10 valuesOlderThanAMissingSegmentAreInDoubt")
  void valuesOlderThanAMissingSegmentAreInDoubt() throws IOException {
    MemoryDisk disk = copy(fixture.disk);
    disk.files.remove(FileNames.segment(2));
    assertTrue(repair(disk, Doubtful.KEEP).report().doubtfulEntries() > 0);
    Repaired strict = repair(disk, Doubtful.LEAVE_OUT);
    strict.contents().forEach((key, value) -> assertEquals(fixture.last().get(key), value));
  }

  @Test
  @DisplayName("F1 tornTailIsCutAsAnOpeningCutsIt")
  void tornTailIsCutAsAnOpeningCutsIt() throws IOException {
    DamageFixture crashed = DamageFixture.unsealed();
    for (int length = 0; length <= crashed.end; length++) {
      MemoryDisk disk = crashed.copy();
      disk.file(FileNames.segment(2)).truncate(length);
      Repaired repaired = repair(disk, Doubtful.KEEP);
      assertEquals(DamageFixture.open(disk, options()), repaired.contents(), "length " + length);
    }
  }

  @Test
  void versionsAndKeyspacesStayAndLostNamesAreReplaced() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    long version;
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      store.put(bytes("first"), bytes("value"));
      store.keyspace(new KeyspaceId.Named("users")).put(bytes("ada"), bytes("lovelace"));
      version = store.put(bytes("last"), bytes("value"));
    }
    Written name = entries(disk).stream().filter(entry -> entry.key().equals("users")).findFirst().orElseThrow();
    flip(disk.file(name.file()), (int) name.from() + 1, 0xFF);
    MemoryDisk target = new MemoryDisk();
    try (Survey survey = Survey.of(disk)) {
      new Repair(survey, target, Doubtful.KEEP, Progress.none()).run();
    }
    try (EmbeddedStore store = KVStore.open(target.hold(), options())) {
      assertEquals(version, store.getVersioned(bytes("last")).orElseThrow().version());
      var users = store.keyspace(new KeyspaceId.Named("recovered-" + KeyspaceId.NUMBERED_LIMIT));
      assertEquals("lovelace", TestStores.text(users.get(bytes("ada")).orElseThrow()));
      assertTrue(store.put(bytes("new"), bytes("value")) > version);
    }
  }

  @Test
  @DisplayName("F50 targetThatIsNotEmptyIsRefused: and one within the damaged store")
  void targetThatIsNotEmptyIsRefused() throws IOException {
    Path source = temporary.resolve("source");
    try (EmbeddedStore store = new KVStoreProvider().open(source, options())) {
      store.put(bytes("key"), bytes("value"));
    }
    KVStoreTools tools = new KVStoreTools();
    Path target = Files.createDirectory(temporary.resolve("target"));
    Files.writeString(target.resolve("mine"), "mine");
    for (Path wrong : List.of(target, source, source.resolve("within"))) {
      InvalidOptionException refusal =
          assertThrows(InvalidOptionException.class, () -> tools.repair(source, wrong, Doubtful.KEEP, Progress.none()));
      assertTrue(refusal.getMessage().contains(wrong.toString()), refusal::getMessage);
    }
    Files.delete(target.resolve("mine"));
    RepairReport report = tools.repair(source, target, Doubtful.KEEP, Progress.none());
    assertEquals(List.of(), report.findings());
    try (EmbeddedStore store = new KVStoreProvider().open(target, options())) {
      assertEquals(Map.of("key", "value"), TestStores.contents(store));
    }
  }

  @Test
  @DisplayName("F43 F49 repairOntoAFullDiskFails: and leaves no unfinished file")
  void repairOntoAFullDiskFails() throws IOException {
    for (long capacity = 0; capacity < 600; capacity += 50) {
      MemoryDisk target = new MemoryDisk();
      target.capacity = capacity;
      try (Survey survey = Survey.of(fixture.disk)) {
        Repair repair = new Repair(survey, target, Doubtful.KEEP, Progress.none());
        assertThrows(DiskFullException.class, repair::run, "capacity " + capacity);
      }
      assertTrue(target.files.keySet().stream().noneMatch(FileNames::isTemporary), target.files::toString);
    }
  }

  @Test
  @DisplayName("F43 repairThatFailsLeavesNothing")
  void repairThatFailsLeavesNothing() throws IOException {
    Path target = temporary.resolve("target");
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (NewDirectory made = NewDirectory.make(target, temporary.resolve("source"))) {
            made.disk().create("0000000001.data").close();
            throw new IllegalStateException();
          }
        });
    assertFalse(Files.exists(target));
  }
}
