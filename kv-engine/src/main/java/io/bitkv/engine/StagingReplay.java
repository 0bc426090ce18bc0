package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * Moves the entries that a store left in its staging file to the segment where they belong.
 *
 * <p>After the end of the process, the staging file holds all that was not written to the segment. After a loss of power, either file may
 * lack pages or have old ones, so nothing is believed but entries that check out at their place and begin where the segment's sound ones
 * end, unless these prove that end to be damage; whether they continue the log in sequence is then seen by {@link TailRule}. Nothing sound
 * in the segment is overwritten, and doing it twice does no harm.
 */
final class StagingReplay {
  private final Segment segment;
  private final Damage damage;
  private final EntryHeader entry = new EntryHeader();

  StagingReplay(Segment segment, Damage damage) {
    this.segment = segment;
    this.damage = damage;
  }

  /** Does it, for a segment that ends where its file does; it does so afterwards, too. */
  void run(Disk disk) throws IOException {
    byte[] file = new byte[StagingFile.LENGTH];
    try (Store store = disk.openForReading(FileNames.STAGING)) {
      store.read(ByteBuffer.wrap(file), 0);
    } catch (NoSuchFileException e) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(file);
    if (StagingFile.isOf(header, segment.id()) && StagingFile.start(header) >= SegmentHeader.LENGTH) {
      replay(file, StagingFile.start(header));
    }
  }

  private void replay(byte[] file, long start) throws IOException {
    long soundEnd = soundEnd();
    int from = -1;
    int to = StagingFile.HEADER_LENGTH;
    long watermark = 0;
    while (isSound(file, to, start)) {
      from = entry.offset() == soundEnd ? to : from;
      watermark = Math.max(watermark, entry.watermark());
      to += entry.length();
    }
    if (from >= 0) {
      write(ByteBuffer.wrap(file, from, to - from), soundEnd);
    } else if (watermark > soundEnd && start > soundEnd) {
      damage.found(segment.path(), soundEnd, "bytes are bad that were durable");
      write(ByteBuffer.wrap(file, StagingFile.HEADER_LENGTH, to - StagingFile.HEADER_LENGTH), start);
    }
  }

  private void write(ByteBuffer entries, long at) throws IOException {
    long fileEnd = segment.end();
    segment.endAt(at);
    segment.write(entries);
    segment.endAt(Math.max(fileEnd, segment.written()));
  }

  /** Where the first bytes in the segment begin that are no sound entry, nor damage among sound ones. */
  private long soundEnd() throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    SegmentScanner.Step step = scanner.next();
    while (step == SegmentScanner.Step.ENTRY || step == SegmentScanner.Step.BAD && scanner.skip(scanner.offset())) {
      step = scanner.next();
    }
    return scanner.offset();
  }

  private boolean isSound(byte[] file, int at, long start) {
    long offset = start + at - StagingFile.HEADER_LENGTH;
    EntryHeader placed = entry.at(offset, offset + file.length - at);
    return segment.codec().parse(placed, file, at, file.length) == EntryHeader.Status.WHOLE
        && entry.verify(file, at + entry.headerLength());
  }
}
