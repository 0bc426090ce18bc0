package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Opens the newest segment, which has no footer, with the entries that are staged for it: moves them to its file, or shows it as if they
 * had been.
 *
 * <p>After the end of the process, the staging file holds all that was not written to the segment, and so it does beside a process that is
 * at work. After a loss of power, either file may lack pages or have old ones, so nothing is believed but entries that check out at their
 * place and begin where the segment's sound ones end, unless these prove that end to be damage; whether they continue the log in sequence
 * is then seen by {@link TailRule}. Nothing sound in the segment is overwritten, and doing it twice does no harm.
 */
final class StagingReplay {
  /** Staged entries, the offset in the segment at which they belong, and where the file ends beside a store that is at work. */
  record Tail(long at, ByteBuffer entries, long fileEnd) {
    static Tail none(long fileEnd) {
      return new Tail(0, ByteBuffer.allocate(0), fileEnd);
    }

    boolean isEmpty() {
      return !entries.hasRemaining();
    }

    long end() {
      return at + entries.remaining();
    }
  }

  private final SegmentFiles files;
  private final StagingImage staging;
  private final Damage damage;
  private final EntryHeader entry = new EntryHeader();

  /** Takes what the staging file held before the segment was probed. */
  StagingReplay(SegmentFiles files, StagingImage staging, Damage damage) {
    this.files = files;
    this.staging = staging;
    this.damage = damage;
  }

  /** Opens the segment for reading and writing, and adds it to the log; writes to its file what is staged. */
  SegmentFiles.Unsealed write(SegmentProbe probe, TailRule.Visitor visitor) throws IOException {
    Store file = files.disk().openForWriting(name(probe));
    Segment segment = add(probe, file);
    TailRule rule = new TailRule(segment, damage, visitor);
    Tail tail = find(segment, probe.bytes(), rule);
    if (!tail.isEmpty()) {
      file.write(tail.entries().duplicate(), tail.at());
    }
    return end(segment, Math.max(probe.bytes(), tail.end()), rule);
  }

  /**
   * Opens the segment for reading alone, and adds it to the log; changes nothing. What a store that is at work writes meanwhile behind the
   * entries that are staged or sound by now is left out: who reads it twice would see two things.
   */
  SegmentFiles.Unsealed show(SegmentProbe probe, TailRule.Visitor visitor) throws IOException {
    StagedStore file = new StagedStore(files.disk().openForReading(name(probe)));
    Segment segment = add(probe, file);
    TailRule rule = new TailRule(segment, damage, visitor);
    Tail tail = find(segment, probe.bytes(), rule);
    file.show(tail);
    return end(segment, Math.max(tail.fileEnd(), tail.end()), rule);
  }

  private static String name(SegmentProbe probe) {
    return FileNames.segment(probe.header().segmentId());
  }

  private Segment add(SegmentProbe probe, Store file) {
    return files.add(probe.header(), file, Math.min(probe.bytes(), SegmentHeader.MAX_DATA_END));
  }

  /** Ends the segment behind its last valid entry. */
  private static SegmentFiles.Unsealed end(Segment segment, long bytes, TailRule rule) throws IOException {
    segment.endAt(Math.min(bytes, SegmentHeader.MAX_DATA_END));
    segment.endAt(rule.validEnd());
    return new SegmentFiles.Unsealed(segment, bytes, rule.visited());
  }

  /** The staged entries that the file lacks, or some of them that it has already; they may be none. */
  private Tail find(Segment segment, long fileBytes, TailRule rule) throws IOException {
    long start = staging.start();
    if (!staging.isOf(segment.id()) || start < SegmentHeader.LENGTH) {
      return Tail.none(fileBytes);
    }
    long soundEnd = rule.soundEnd();
    int from = -1;
    int to = StagingFile.HEADER_LENGTH;
    long watermark = 0;
    while (isSound(segment, to)) {
      from = entry.offset() == soundEnd ? to : from;
      watermark = Math.max(watermark, entry.watermark());
      to += entry.length();
    }
    if (from < 0 && watermark > soundEnd && start > soundEnd) {
      damage.found(segment.path(), soundEnd, "bytes are bad that were durable");
      from = StagingFile.HEADER_LENGTH;
    }
    long fileEnd = soundEnd < start ? fileBytes : soundEnd;
    return from < 0
        ? Tail.none(fileEnd)
        : new Tail(start + from - StagingFile.HEADER_LENGTH, ByteBuffer.wrap(staging.file(), from, to - from).slice(), fileEnd);
  }

  private boolean isSound(Segment segment, int at) {
    byte[] file = staging.file();
    long offset = staging.start() + at - StagingFile.HEADER_LENGTH;
    EntryHeader placed = entry.at(offset, offset + file.length - at);
    return segment.codec().parse(placed, file, at, file.length) == EntryHeader.Status.WHOLE
        && entry.verify(file, at + entry.headerLength());
  }
}
