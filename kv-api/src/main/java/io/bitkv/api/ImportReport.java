package io.bitkv.api;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link StoreTools#importSeed} took over.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="import"}
 *
 * @param directory the new store
 * @param findings where a file ended within an entry, or an entry could not be taken over
 * @param files how many files were read
 * @param entries how many entries they hold, deletions among them
 * @param deletions how many of those are deletions
 * @param keys how many keys the new store holds
 */
public record ImportReport(
    Path directory, List<VerifyReport.Finding> findings, long files, long entries, long deletions, long keys) {

  /** Takes an unmodifiable copy. */
  public ImportReport {
    findings = List.copyOf(findings);
  }

  /**
   * Tells whether everything was taken over but for torn ends.
   *
   * @return whether no finding is {@link VerifyReport.Severity#DAMAGE}
   */
  public boolean isComplete() {
    return findings.stream().noneMatch(finding -> finding.severity() == VerifyReport.Severity.DAMAGE);
  }
}
