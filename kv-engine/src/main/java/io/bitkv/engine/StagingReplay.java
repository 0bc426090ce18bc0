package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

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
    boolean isEmpty() {
      return !entries.hasRemaining();
    }

    long end() {
      return at + entries.remaining();
    }
  }

  /** The bytes of a segment, staged ones among them, and how many there are. */
  record Opened(Store store, long bytes) {}

  private final Disk disk;
  private final StagingImage staging;
  private final Damage damage;
  private final EntryHeader entry = new EntryHeader();

  /** Takes what the staging file held before the segment was probed. */
  StagingReplay(Disk disk, StagingImage staging, Damage damage) {
    this.disk = disk;
    this.staging = staging;
    this.damage = damage;
  }

  /** Opens the segment for reading and writing; writes to its file what is staged. */
  Opened write(SegmentProbe probe) throws IOException {
    Store file = disk.openForWriting(name(probe));
    try {
      Tail tail = find(probe, file);
      if (!tail.isEmpty()) {
        file.write(tail.entries().duplicate(), tail.at());
      }
      return new Opened(file, Math.max(probe.bytes(), tail.end()));
    } catch (Throwable e) {
      try (file) {
        throw e;
      }
    }
  }

  /**
   * Opens the segment for reading alone; changes nothing. What a store that is at work writes meanwhile behind the entries that are staged
   * or sound by now is left out: who reads it twice would see two things.
   */
  Opened show(SegmentProbe probe) throws IOException {
    Store file = disk.openForReading(name(probe));
    try {
      Tail tail = find(probe, file);
      Store store = tail.isEmpty() ? file : new StagedStore(file, tail);
      return new Opened(store, Math.max(tail.fileEnd(), tail.end()));
    } catch (Throwable e) {
      try (file) {
        throw e;
      }
    }
  }

  private static String name(SegmentProbe probe) {
    return FileNames.segment(probe.header().segmentId());
  }

  /** The staged entries that the file lacks, or some of them that it has already; they may be none. */
  private Tail find(SegmentProbe probe, Store file) throws IOException {
    long start = staging.start();
    if (!staging.isOf(probe.header().segmentId()) || start < SegmentHeader.LENGTH) {
      return none(probe.bytes());
    }
    Path path = disk.path(name(probe));
    Segment segment = new Segment(path, file, probe.header(), Math.min(probe.bytes(), SegmentHeader.MAX_DATA_END));
    long soundEnd = soundEnd(segment);
    int from = -1;
    int to = StagingFile.HEADER_LENGTH;
    long watermark = 0;
    while (isSound(segment, to)) {
      from = entry.offset() == soundEnd ? to : from;
      watermark = Math.max(watermark, entry.watermark());
      to += entry.length();
    }
    if (from < 0 && watermark > soundEnd && start > soundEnd) {
      damage.found(path, soundEnd, "bytes are bad that were durable");
      from = StagingFile.HEADER_LENGTH;
    }
    long fileEnd = soundEnd < start ? probe.bytes() : soundEnd;
    return from < 0
        ? none(fileEnd)
        : new Tail(start + from - StagingFile.HEADER_LENGTH, ByteBuffer.wrap(staging.file(), from, to - from).slice(), fileEnd);
  }

  private static Tail none(long fileEnd) {
    return new Tail(0, ByteBuffer.allocate(0), fileEnd);
  }

  /** Where the first bytes in the file begin that are no sound entry, nor damage among sound ones. */
  private static long soundEnd(Segment segment) throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    SegmentScanner.Step step = scanner.next();
    while (step == SegmentScanner.Step.ENTRY || step == SegmentScanner.Step.BAD && scanner.skip(scanner.offset())) {
      step = scanner.next();
    }
    return scanner.offset();
  }

  private boolean isSound(Segment segment, int at) {
    byte[] file = staging.file();
    long offset = staging.start() + at - StagingFile.HEADER_LENGTH;
    EntryHeader placed = entry.at(offset, offset + file.length - at);
    return segment.codec().parse(placed, file, at, file.length) == EntryHeader.Status.WHOLE
        && entry.verify(file, at + entry.headerLength());
  }
}
