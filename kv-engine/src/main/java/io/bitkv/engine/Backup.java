package io.bitkv.engine;

import io.bitkv.api.BackupReport;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.VerifyReport;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes one backup of a store, open or not. For one thread.
 *
 * <p>All segments are opened first, and stay readable however the store goes on: a merge may take their names away, but not the open files.
 * The newest segment counts up to where it was whole then. So the backup is the state at one sequence number. A sealed segment is linked,
 * since it never changes again, or copied from the open file where it cannot be; what the newest segment holds is copied and sealed.
 */
final class Backup {
  private final Survey survey;
  private final BackupDirectory backups;
  private final Progress progress;
  private final List<Integer> added = new ArrayList<>();
  private long totalBytes;
  private long doneBytes;
  private long newBytes;
  private long copiedBytes;

  private Backup(Survey survey, BackupDirectory backups, Progress progress) {
    this.survey = survey;
    this.backups = backups;
    this.progress = progress;
  }

  /** Makes a backup of what a survey opened, unless the newest one holds that already. */
  static BackupReport make(Survey survey, BackupDirectory backups, Progress progress) throws IOException {
    checkSound(survey);
    return new Backup(survey, backups, progress).run();
  }

  /** Refuses to go on with a store, or a backup, that is damaged as far as the ends of its files tell. */
  static void checkSound(Survey survey) {
    for (VerifyReport.Finding finding : survey.findings().all()) {
      if (finding.severity() == VerifyReport.Severity.DAMAGE) {
        throw new StoreCorruptException(finding.file(), finding.from(), finding.detail());
      }
    }
    for (Segment segment : survey.segments()) {
      if (segment.footer() == null && !survey.isNewest(segment)) {
        throw new StoreCorruptException(segment.path(), segment.end(), "its footer is bad or missing, and it is not the newest segment");
      }
    }
  }

  private BackupReport run() throws IOException {
    List<Segment> segments = new ArrayList<>(survey.segments());
    List<SegmentFooter> footers = new ArrayList<>();
    for (Segment segment : segments) {
      footers.add(segment.footer() != null ? segment.footer() : SegmentCopy.footer(segment, segment.path()));
    }
    long last = 0;
    for (int i = 0; i < segments.size(); i++) {
      last = Math.max(last, Coverage.last(segments.get(i).header(), footers.get(i)));
      totalBytes += footers.get(i).dataEnd() + SegmentFooter.LENGTH;
    }
    checkGaps();
    Optional<Path> newest = backups.newest();
    checkBelongs(newest, last);
    if (newest.isPresent() && BackupDirectory.sequence(newest.get()) == last) {
      return new BackupReport(newest.get(), last, segments.size(), totalBytes, 0, 0);
    }
    Path unfinished = backups.begin(last);
    try {
      Disk made = FileDisk.unlocked(unfinished);
      for (int i = 0; i < segments.size(); i++) {
        add(segments.get(i), footers.get(i), made, newest);
      }
      check(made);
      made.sync();
      backups.publish(last);
    } catch (Throwable e) {
      backups.discard(last, e);
      throw e;
    }
    return new BackupReport(backups.path(last), last, segments.size(), totalBytes, newBytes, copiedBytes);
  }

  private void checkGaps() {
    List<Coverage.Gap> gaps = survey.gaps(segment -> segment.header().baseSequence() - 1);
    if (!gaps.isEmpty()) {
      Coverage.Gap gap = gaps.getFirst();
      throw new StoreCorruptException(
          gap.next().file(), 0, "the entries " + gap.first() + " to " + gap.last() + " that come before it are missing: " + gap.missing() + " is not there");
    }
  }

  private void checkBelongs(Optional<Path> newest, long last) throws IOException {
    if (newest.isEmpty()) {
      return;
    }
    if (BackupDirectory.sequence(newest.get()) > last) {
      throw new InvalidOptionException(
          newest.get() + " is a backup of later writes than " + last + ", the last one of this store; choose another directory for its backups");
    }
    try (Survey earlier = Survey.of(ReadOnlyDisk.open(newest.get()))) {
      if (!earlier.segments().isEmpty() && earlier.storeId() != survey.storeId()) {
        throw new InvalidOptionException(newest.get() + " is a backup of another store; choose another directory for the backups of this one");
      }
    }
  }

  private void add(Segment segment, SegmentFooter footer, Disk made, Optional<Path> newest) throws IOException {
    String name = FileNames.segment(segment.id());
    long bytes = footer.dataEnd() + SegmentFooter.LENGTH;
    boolean wasThere = newest.isPresent() && isSame(newest.get().resolve(name), segment.header(), footer);
    Path source = wasThere ? newest.get() : survey.disk().directory();
    boolean isLinked = segment.footer() != null && link(source.resolve(name), made.path(name));
    if (!isLinked) {
      SegmentCopy.copy(segment, footer, made);
      copiedBytes += bytes;
    }
    if (!wasThere || !isLinked) {
      newBytes += bytes;
      added.add(segment.id());
    }
    if (segment.footer() != null) {
      addHints(source.resolve(FileNames.hint(segment.id())), made);
    }
    doneBytes += bytes;
    progress.advanced("back up " + name, doneBytes, totalBytes);
  }

  /** Whether a file is that of a segment with a footer. */
  private static boolean isSame(Path file, SegmentHeader header, SegmentFooter footer) throws IOException {
    try (Store store = FileDisk.openForReading(file)) {
      long bytes = store.size();
      byte[] first = SegmentProbe.read(store, 0, SegmentHeader.LENGTH);
      return bytes == footer.dataEnd() + SegmentFooter.LENGTH
          && Arrays.equals(first, header.encode())
          && footer.equals(SegmentProbe.footer(store, header, bytes));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean link(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
      return true;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.deleteIfExists(target);
      return false;
    }
  }

  /** Adds a hint file if there is one; the next opening can do without. */
  private static void addHints(Path source, Disk made) throws IOException {
    Path target = made.path(source.getFileName().toString());
    try {
      if (!link(source, target)) {
        Files.copy(source, target);
      }
    } catch (NoSuchFileException e) {
      // It is not made yet, or its segment was merged meanwhile.
    }
  }

  /** Reads everything that was added, where it is now. */
  private void check(Disk made) throws IOException {
    try (Survey copy = Survey.of(made)) {
      checkSound(copy);
      for (Segment segment : copy.segments()) {
        if (added.contains(segment.id())) {
          progress.advanced("check " + segment.path().getFileName(), segment.end(), totalBytes);
          SegmentCopy.check(segment, survey.disk().path(FileNames.segment(segment.id())));
        }
      }
    }
  }
}
