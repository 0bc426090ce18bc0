package io.bitkv.engine;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.Progress;
import io.bitkv.api.VerifyReport;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentTally;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads every byte of a store's segments and hint files, and tells what is not as it was written. Writes nothing. For one thread. */
final class Inspector {
  private static final long STEP_BYTES = 1 << 20;

  private final Survey survey;
  private final Findings findings;
  private final Progress progress;
  private final Map<Segment, Long> lastSequences = new HashMap<>();
  private final List<BadRange> badRanges = new ArrayList<>();
  private long entries;
  private long deletions;
  private long totalBytes;
  private long doneBytes;

  /** Inspects what a survey opened. */
  Inspector(Survey survey, Progress progress) {
    this.survey = survey;
    this.progress = progress;
    findings = survey.findings();
  }

  VerifyReport inspect() throws IOException {
    try (LiveCount live = new LiveCount(survey)) {
      Disk disk = survey.disk();
      totalBytes = survey.segments().stream().mapToLong(segment -> survey.probe(segment).bytes()).sum();
      for (Segment segment : survey.segments()) {
        boolean hasHints = survey.hints().remove(FileNames.hint(segment.id()));
        try (HintCheck hints = hasHints && segment.footer() != null ? HintCheck.open(disk, segment, findings) : null) {
          inspect(segment, live, hints);
        }
        advanced(segment, survey.probe(segment).bytes());
        doneBytes += survey.probe(segment).bytes();
      }
      inspectImage();
      for (Coverage.Gap gap : gaps()) {
        findings.damage(disk.directory(), 0, 0, "the entries " + gap.first() + " to " + gap.last() + " are missing: " + gap.missing() + " is not there");
      }
      survey.hints().forEach(name -> findings.note(disk.path(name), "a hint file without its segment"));
      long lastSequence = lastSequences.values().stream().mapToLong(Long::longValue).max().orElse(0);
      return new VerifyReport(
          disk.directory(), findings.all(), survey.segments().size(), totalBytes, entries, live.count(), deletions, lastSequence);
    }
  }

  /** Checks the key directories that a clean close left, if there are any. */
  private void inspectImage() throws IOException {
    Disk disk = survey.disk();
    Path path = disk.path(FileNames.SNAPSHOT);
    KeyspaceTable keyspaces = new KeyspaceTable(survey.storeId(), new StripeLocks(StripeLocks.DEFAULT_COUNT), DirectoryKind.COMPACT);
    try (Store store = disk.openForReading(FileNames.SNAPSHOT)) {
      try {
        new DirectoryImageReader(disk, survey.table(), keyspaces).read();
      } catch (DirectoryImageReader.Stale e) {
        findings.note(path, e.getMessage() + "; the next opening passes over it");
      } catch (IOException e) {
        findings.damage(path, 0, store.size(), IoFailures.describe(e) + "; the values are not concerned, the next opening passes over it");
      }
    } catch (NoSuchFileException e) {
      // The store was not closed, or has been opened meanwhile.
    } finally {
      keyspaces.close();
    }
  }

  /** The ranges of segments that hold no sound entries, once everything was inspected. */
  List<BadRange> badRanges() {
    return badRanges;
  }

  /** The sequence numbers that no segment answers for, once everything was inspected. */
  List<Coverage.Gap> gaps() {
    return survey.gaps(lastSequences::get);
  }

  private void inspect(Segment segment, LiveCount live, HintCheck hints) throws IOException {
    Walk walk = new Walk(segment, live, hints);
    for (SegmentScanner.Step step = walk.scanner.next(); step != SegmentScanner.Step.END; step = walk.scanner.next()) {
      switch (step) {
        case ENTRY -> walk.entry();
        case BAD -> walk.passOver();
        case END -> throw new IllegalStateException("the loop ends at the end");
      }
      if ((walk.scanner.offset() ^ walk.scanner.resumesAt()) >= STEP_BYTES) {
        advanced(segment, walk.scanner.offset());
      }
    }
    walk.end();
  }

  /** The way through one segment. */
  private final class Walk {
    private final Segment segment;
    private final LiveCount live;
    private final HintCheck hints;
    private final SegmentScanner scanner;
    private final SegmentTally tally;
    private BadRange bad;
    private boolean isWhole = true;
    private long batchFrom;

    /** Begins; the check of the hint file is null if there is none. */
    private Walk(Segment segment, LiveCount live, HintCheck hints) {
      this.segment = segment;
      this.live = live;
      this.hints = hints;
      scanner = new SegmentScanner(segment);
      tally = new SegmentTally(segment.header());
    }

    private void entry() throws IOException {
      endBadRange(scanner.header().sequence());
      tally.add(scanner.header());
      long hash = live.add(segment, scanner);
      if (hints != null) {
        hints.entry(scanner.header(), hash);
      }
      deletions += scanner.header().kind() == EntryKind.PUT ? 0 : 1;
      batchFrom = !scanner.header().batchContinues() ? 0 : batchFrom == 0 ? scanner.offset() : batchFrom;
    }

    private void endBadRange(long sequence) {
      if (bad != null) {
        badRanges.add(bad.before(sequence));
        bad = null;
      }
    }

    /** Goes on behind bytes that are no sound entries; where the footer should be, it says so. */
    private void passOver() throws IOException {
      long from = scanner.offset();
      long lastSequence = scanner.lastSequence();
      String fault = scanner.fault();
      if (!scanner.skip(0)) {
        scanner.resumeAt(segment.end());
      }
      boolean wasFooter = segment.footer() == null && !survey.isNewest(segment) && from == segment.end() - SegmentFooter.LENGTH;
      findings.damage(segment.path(), from, scanner.resumesAt(), wasFooter ? "the footer does not check out" : fault);
      bad = new BadRange(segment, from, scanner.resumesAt(), lastSequence, BadRange.NO_ENTRY, wasFooter);
      isWhole = false;
      batchFrom = 0;
      if (hints != null) {
        hints.passOver(scanner.resumesAt());
      }
    }

    private void end() throws IOException {
      endBadRange(BadRange.NO_ENTRY);
      if (hints != null) {
        hints.end();
      }
      if (batchFrom != 0) {
        findings.damage(segment.path(), batchFrom, segment.end(), "a batch is incomplete");
      }
      checkFooter();
      entries += tally.entries();
      lastSequences.put(segment, scanner.lastSequence());
    }

    private void checkFooter() {
      SegmentFooter footer = segment.footer();
      long end = segment.end();
      if (footer == null && isWhole && !survey.isNewest(segment)) {
        findings.damage(segment.path(), end, end, "the footer is missing");
      } else if (footer != null && isWhole && !footer.equals(tally.footer(end))) {
        findings.damage(segment.path(), end, end + SegmentFooter.LENGTH, "the footer counts other entries than there are");
      }
    }
  }

  private void advanced(Segment segment, long at) {
    progress.advanced("verify " + segment.path().getFileName(), Math.min(doneBytes + at, totalBytes), totalBytes);
  }
}
