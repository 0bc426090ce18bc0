package io.bitkv.engine;

import io.bitkv.codec.entry.Decoded;
import io.bitkv.codec.entry.HintEntry;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds out what entries damage took: from hint files, from the numbers around the damage, and else by the worst that may be. For one thread. */
final class LossFinder {
  private final Survey survey;
  private final Losses losses = new Losses();

  LossFinder(Survey survey) {
    this.survey = survey;
  }

  /** Finds what is known, once everything was inspected. */
  Losses find(Inspector inspector) throws IOException {
    for (BadRange range : inspector.badRanges()) {
      if (range.mayHoldEntries() && !takeHints(range.segment().footer(), range.from(), range.to())) {
        losses.unknown(range.sequenceAfter() != BadRange.NO_ENTRY ? range.sequenceAfter() : behind(range.segment()));
      }
    }
    List<Coverage.Gap> gaps = new ArrayList<>(inspector.gaps());
    for (int id : survey.unreadable()) {
      SegmentFooter footer = footer(id);
      if (footer != null && takeHints(footer, 0, Long.MAX_VALUE)) {
        gaps.removeIf(gap -> gap.first() == footer.minSequence() && gap.last() == footer.maxSequence());
      } else {
        losses.unknown(footer != null ? footer.maxSequence() + 1 : Long.MAX_VALUE);
      }
    }
    gaps.forEach(gap -> losses.unknown(gap.last() + 1));
    return losses;
  }

  /** A number above all that a segment holds. */
  private long behind(Segment segment) {
    long next =
        survey.segments().stream()
            .mapToLong(other -> other.header().baseSequence())
            .filter(base -> base > segment.header().baseSequence())
            .min()
            .orElse(Long.MAX_VALUE);
    return segment.footer() != null ? segment.footer().maxSequence() + 1 : next;
  }

  private boolean takeHints(SegmentFooter footer, long from, long to) throws IOException {
    if (footer == null) {
      return false;
    }
    List<HintEntry> hints = new ArrayList<>();
    boolean isSound = new HintList(survey.disk(), footer).visit(from, to, hints::add);
    if (isSound) {
      hints.forEach(losses::known);
    }
    return isSound;
  }

  /** The footer of a segment whose header is lost; null if that does not check out either. */
  private SegmentFooter footer(int id) throws IOException {
    try (Store store = survey.disk().openForReading(FileNames.segment(id))) {
      SegmentHeader stand = new SegmentHeader(id, survey.storeId(), 0, 0, SegmentHeader.Origin.APPENDED);
      byte[] last = SegmentProbe.read(store, Math.max(0, store.size() - SegmentFooter.LENGTH), SegmentFooter.LENGTH);
      return SegmentFooter.decode(stand, last, 0, last.length) instanceof Decoded.Whole<SegmentFooter> whole ? whole.value() : null;
    }
  }
}
