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
import io.bitkv.api.Progress;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.VerifyReport;
import io.bitkv.api.VerifyReport.Finding;
import io.bitkv.api.VerifyReport.Severity;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifying names every range of bytes that is not as it was written, counts what is sound, and changes nothing. */
class InspectorTest {
  private static final int[] MASKS = {0x01, 0x80, 0xFF, 0x10};

  @TempDir private Path temporary;

  /** The disk without its lock and its past; hint files stay. */
  private static MemoryDisk copy(MemoryDisk disk) {
    MemoryDisk copy = new MemoryDisk();
    disk.files.forEach((name, file) -> copy.files.put(name, DamageFixture.copy(file)));
    return copy;
  }

  private static VerifyReport verify(MemoryDisk disk) throws IOException {
    Map<?, ?> before = content(disk);
    try (Survey survey = Survey.of(disk)) {
      VerifyReport report = new Inspector(survey, Progress.none()).inspect();
      assertEquals(before, content(disk), "verifying changed something");
      return report;
    }
  }

  private static void assertNamed(MemoryDisk disk, String name, int at, VerifyReport report) {
    Path file = disk.path(name);
    boolean isNamed =
        report.findings().stream()
            .anyMatch(
                finding ->
                    finding.file().equals(file) && finding.severity() != Severity.NOTE && finding.from() <= at && at < finding.to());
    assertTrue(isNamed, () -> "byte " + at + " of " + name + ": " + report.findings());
  }

  @Test
  void soundStoreIsCountedEntryByEntry() throws IOException {
    DamageFixture fixture = DamageFixture.sealed();
    VerifyReport report = verify(fixture.disk);
    assertEquals(List.of(), report.findings());
    assertEquals(3, report.segments());
    assertEquals(18, report.entries());
    assertEquals(fixture.last().size(), report.liveEntries());
    assertEquals(3, report.deletions());
    assertEquals(15 - fixture.last().size(), report.deadEntries());
    assertEquals(18, report.lastSequence());
  }

  @Test
  @DisplayName("F2 F4 F5 everyFlippedByteIsNamed: of header, entry, footer and hint file, in each segment")
  void everyFlippedByteIsNamed() throws IOException {
    DamageFixture fixture = DamageFixture.sealed();
    int newestFooter = fixture.disk.file(FileNames.segment(3)).size() - SegmentFooter.LENGTH;
    for (String name : List.copyOf(fixture.disk.files.keySet())) {
      for (int at = 0; !name.equals(FileNames.RESERVE) && at < fixture.disk.file(name).size(); at++) {
        MemoryDisk disk = copy(fixture.disk);
        flip(disk.file(name), at, MASKS[at % MASKS.length]);
        VerifyReport report = verify(disk);
        assertNamed(disk, name, at, report);
        boolean mayBeTorn = name.equals(FileNames.segment(3)) && at >= newestFooter;
        assertEquals(mayBeTorn, report.isSound(), () -> name + ": " + report.findings());
      }
    }
  }

  @Test
  @DisplayName("F3 flippedBytesOfTheNewestSegmentAreNamed: as damage below the watermark, as torn above it")
  void flippedBytesOfTheNewestSegmentAreNamed() throws IOException {
    DamageFixture fixture = DamageFixture.unsealed();
    String name = FileNames.segment(2);
    for (int at = 0; at < fixture.end; at++) {
      MemoryDisk disk = copy(fixture.disk);
      flip(disk.file(name), at, 0x04);
      VerifyReport report = verify(disk);
      assertNamed(disk, name, at, report);
      assertEquals(at >= fixture.durableEnd, report.isSound());
    }
  }

  @Test
  void wrongByteOfAHeaderDoesNotHideTheEntries() throws IOException {
    DamageFixture fixture = DamageFixture.sealed();
    flip(fixture.disk.file(FileNames.segment(2)), 30, 0x40);
    VerifyReport report = verify(fixture.disk);
    assertEquals(List.of(30L, 31L), List.of(report.findings().getFirst().from(), report.findings().getFirst().to()));
    assertEquals(1, report.findings().size());
    assertEquals(18, report.entries());
    assertEquals(fixture.last().size(), report.liveEntries());
  }

  @Test
  void severalRangesOfOneSegmentAreNamedEach() throws IOException {
    DamageFixture fixture = DamageFixture.sealed();
    MemoryFile segment = fixture.disk.file(FileNames.segment(1));
    flip(segment, SegmentHeader.LENGTH + 2, 0x01);
    flip(segment, segment.size() - SegmentFooter.LENGTH - 3, 0x01);
    List<Finding> findings = verify(fixture.disk).findings();
    assertEquals(2, findings.size(), findings::toString);
    assertEquals(SegmentHeader.LENGTH, findings.getFirst().from());
    assertTrue(findings.getFirst().to() < findings.getLast().from());
    assertEquals(segment.size() - SegmentFooter.LENGTH, findings.getLast().to());
  }

  @Test
  @DisplayName("F6 F10 F12 missingAndForeignFilesAreNamed")
  void missingAndForeignFilesAreNamed() throws IOException {
    DamageFixture fixture = DamageFixture.sealed();
    MemoryDisk missing = copy(fixture.disk);
    missing.files.remove(FileNames.segment(2));
    VerifyReport report = verify(missing);
    assertTrue(report.findings().stream().anyMatch(finding -> finding.detail().contains(FileNames.segment(2) + " is not there")));
    assertFalse(report.isSound());

    MemoryDisk foreign = copy(fixture.disk);
    foreign.files.put(FileNames.segment(1), DamageFixture.sealed().disk.file(FileNames.segment(1)));
    assertTrue(verify(foreign).findings().stream().anyMatch(finding -> finding.detail().contains("another store")));

    MemoryDisk renamed = copy(fixture.disk);
    renamed.files.put(FileNames.segment(7), DamageFixture.copy(fixture.disk.file(FileNames.segment(2))));
    assertTrue(verify(renamed).findings().stream().anyMatch(finding -> finding.detail().contains("copied or renamed")));

    MemoryDisk stale = copy(fixture.disk);
    stale.files.put(FileNames.hint(2), DamageFixture.copy(fixture.disk.file(FileNames.hint(1))));
    assertTrue(verify(stale).findings().stream().anyMatch(finding -> finding.file().equals(stale.path(FileNames.hint(2)))));
  }

  @Test
  @DisplayName("F50 verifyingWhatIsNotThereIsRefused")
  void verifyingWhatIsNotThereIsRefused() {
    StoreIoException refusal =
        assertThrows(StoreIoException.class, () -> new KVStoreTools().verify(temporary.resolve("none"), Progress.none()));
    assertTrue(refusal.getMessage().contains("there is no directory " + temporary.resolve("none")), refusal::getMessage);
  }

  @Test
  void storeThatIsOpenCanBeVerified() throws IOException {
    Path directory = temporary.resolve("store");
    try (EmbeddedStore store = new KVStoreProvider().open(directory, options())) {
      for (int i = 0; i < 100; i++) {
        store.put(bytes("key" + i % 10), bytes("value " + i));
      }
      VerifyReport report = new KVStoreTools().verify(directory, Progress.none());
      assertEquals(List.of(), report.findings());
      assertEquals(100, report.entries());
      assertEquals(10, report.liveEntries());
      assertTrue(Files.exists(directory.resolve(FileNames.LOCK)));
    }
  }
}
