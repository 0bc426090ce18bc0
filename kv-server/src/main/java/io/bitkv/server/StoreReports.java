package io.bitkv.server;

import io.bitkv.api.BackupReport;
import io.bitkv.api.ImportReport;
import io.bitkv.api.RepairReport;
import io.bitkv.api.VerifyReport;
import io.bitkv.api.VerifyReport.Finding;
import io.bitkv.api.VerifyReport.Severity;
import java.util.ArrayList;
import java.util.List;

/** What was done to a store's files, in lines for people and for scripts. */
final class StoreReports {

  private StoreReports() {}

  static List<String> of(VerifyReport report) {
    List<String> lines = findings(report.findings());
    long damaged =
        report.findings().stream()
            .filter(finding -> finding.severity() == Severity.DAMAGE)
            .count();
    lines.add(
        "%s: %s, %s; %s: %d live, %d dead, %s; %s"
            .formatted(
                report.directory(),
                count(report.segments(), "segment", "segments"),
                count(report.bytes(), "byte", "bytes"),
                count(report.entries(), "entry", "entries"),
                report.liveEntries(),
                report.deadEntries(),
                count(report.deletions(), "deletion", "deletions"),
                report.isSound() ? "sound" : damaged + " damaged"));
    return lines;
  }

  /** Tells of a repair; what is in doubt was left out if it was strict, and is in the copy else. */
  static List<String> of(RepairReport report, boolean isStrict, String strictOption) {
    List<String> lines = findings(report.findings());
    lines.add(
        "%s: %s saved, %d of them live"
            .formatted(
                report.directory(),
                count(report.entries(), "entry", "entries"),
                report.liveEntries()));
    if (report.lostEntries() + report.staleEntries() > 0) {
      lines.add(
          "known to be lost: %s; older ones of the same keys, left out: %d"
              .formatted(
                  count(report.lostEntries(), "entry", "entries"), report.staleEntries()));
    }
    if (report.doubtfulEntries() > 0) {
      lines.add(
          "perhaps overwritten or deleted by entries of which nothing is known: %s, %s"
              .formatted(
                  count(report.doubtfulEntries(), "value", "values"),
                  isStrict ? "left out" : "kept; " + strictOption + " leaves them out"));
    }
    return lines;
  }

  static List<String> of(ImportReport report) {
    List<String> lines = findings(report.findings());
    lines.add(
        "%s: %s of %s, with %s, gave %s"
            .formatted(
                report.directory(),
                count(report.entries(), "entry", "entries"),
                count(report.files(), "file", "files"),
                count(report.deletions(), "deletion", "deletions"),
                count(report.keys(), "key", "keys")));
    return lines;
  }

  /** Tells of a backup, or of a store that was restored from one. */
  static List<String> of(BackupReport report) {
    return List.of(
        "%s: the store up to version %d, %s, %s, %d of them new"
            .formatted(
                report.directory(),
                report.lastSequence(),
                count(report.segments(), "segment", "segments"),
                count(report.bytes(), "byte", "bytes"),
                report.newBytes()));
  }

  private static List<String> findings(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String range = " from " + finding.from() + " to " + finding.to() + ": ";
      String what =
          switch (finding.severity()) {
            case NOTE -> ": ";
            case TORN -> ": torn" + range;
            case DAMAGE -> ": damaged" + range;
          };
      lines.add(finding.file() + what + finding.detail());
    }
    return lines;
  }

  private static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
