package io.bitkv.api;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link StoreTools#verify} found in a store's files. Sizes and places are in bytes.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="verify"}
 *
 * @param directory the directory that was verified
 * @param findings everything that is not as it was written, by file and place
 * @param segments how many segments the log has
 * @param bytes how long they are together
 * @param entries how many sound entries they hold
 * @param liveEntries how many of those are the newest value of their key, expired or not
 * @param deletions how many of those are tombstones or drop a keyspace
 * @param lastSequence the greatest version among them; 0 if there is none
 */
public record VerifyReport(
    Path directory,
    List<Finding> findings,
    long segments,
    long bytes,
    long entries,
    long liveEntries,
    long deletions,
    long lastSequence) {

  /** Takes an unmodifiable copy. */
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /** How much a finding matters. */
  public enum Severity {
    /** A file that the store can do without, or that it does not know. */
    NOTE,
    /** The newest segment ends in bytes that no completed sync covered: a crash leaves that, and the next opening cuts it off. */
    TORN,
    /** Bytes are not as they were written. */
    DAMAGE
  }

  /**
   * A range of bytes, or a whole file, that is not as it was written.
   *
   * @param file the file, or the directory where a file is missing
   * @param from the first byte
   * @param to the byte behind the last; the same as the first where bytes are missing
   * @param severity how much it matters
   * @param detail what is wrong
   */
  public record Finding(Path file, long from, long to, Severity severity, String detail) {}

  /**
   * Tells the values that reads no longer meet.
   *
   * @return how many there are
   */
  public long deadEntries() {
    return entries - liveEntries - deletions;
  }

  /**
   * Tells whether every byte that was durable is as it was written.
   *
   * @return whether no finding is {@link Severity#DAMAGE}
   */
  public boolean isSound() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.DAMAGE);
  }
}
