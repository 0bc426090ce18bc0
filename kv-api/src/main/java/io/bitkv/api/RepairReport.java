package io.bitkv.api;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link StoreTools#repair} saved of a damaged store, and what was lost.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="repair"}
 *
 * @param directory the new store
 * @param findings everything in the damaged store that was not as it was written
 * @param entries how many entries were copied, tombstones and old values among them
 * @param liveEntries how many of those are the newest value of their key in the new store
 * @param lostEntries how many entries are known to be lost, because a hint file lists them
 * @param staleEntries how many older entries were left out because an entry of the same key is known to be lost
 * @param doubtfulEntries how many values were copied, or left out, that an entry may have overwritten or deleted of which nothing is
 *     known but that it is lost
 */
public record RepairReport(
    Path directory,
    List<VerifyReport.Finding> findings,
    long entries,
    long liveEntries,
    long lostEntries,
    long staleEntries,
    long doubtfulEntries) {

  /** Takes an unmodifiable copy. */
  public RepairReport {
    findings = List.copyOf(findings);
  }
}
