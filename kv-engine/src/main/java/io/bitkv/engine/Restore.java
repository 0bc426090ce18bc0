package io.bitkv.engine;

import io.bitkv.api.BackupReport;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.VerifyReport;
import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.util.List;

/** Makes a store out of a backup. For one thread. */
final class Restore {
  private Restore() {}

  /** Copies all segments of a backup and reads every byte of the copies. */
  static BackupReport run(Survey backup, Disk target, Progress progress) throws IOException {
    Backup.checkSound(backup);
    List<Segment> segments = backup.segments();
    if (segments.isEmpty() && !BackupDirectory.isBackup(backup.disk().directory()) || segments.stream().anyMatch(segment -> segment.footer() == null)) {
      throw new InvalidOptionException(backup.disk().directory() + " is no backup; name one, or a directory that holds some");
    }
    long total = segments.stream().mapToLong(segment -> segment.end() + SegmentFooter.LENGTH).sum();
    long done = 0;
    for (Segment segment : segments) {
      SegmentCopy.copy(segment, segment.footer(), target);
      done += segment.end() + SegmentFooter.LENGTH;
      progress.advanced("restore " + segment.path().getFileName(), done, total);
    }
    target.sync();
    try (Survey copy = Survey.of(target)) {
      VerifyReport report = new Inspector(copy, progress).inspect();
      for (VerifyReport.Finding finding : report.findings()) {
        if (finding.severity() == VerifyReport.Severity.DAMAGE) {
          throw new StoreCorruptException(
              backup.disk().path(finding.file().getFileName().toString()), finding.from(), finding.detail() + "; take an older backup, or repair this one");
        }
      }
      return new BackupReport(target.directory(), report.lastSequence(), report.segments(), report.bytes(), total, total);
    }
  }
}
