package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.Fault;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Walks a segment from entry to entry, from its first on, and checks each one. For one thread.
 *
 * <p>An entry is sound if it checks out and its sequence number is the next one; in a merged segment, and behind damage, if it is greater
 * than those before.
 */
final class SegmentScanner {
  /** What the next step met. */
  enum Step {
    /** A sound entry. */
    ENTRY,
    /** The end of the segment, right behind an entry. */
    END,
    /** Bytes that are no sound entry. */
    BAD
  }

  private static final int WINDOW = 1 << 20;

  /** Behind bad bytes there may be many headers that claim long entries; these are checked by ranges. */
  private static final int LONG = 4 << 10;

  private static final int MOST_HEADER_AND_KEY = EntryCodec.MAX_HEADER_LENGTH + EntryCodec.MAX_KEY_LENGTH;

  private final Segment segment;
  private final EntryHeader header = new EntryHeader();
  private final byte[] window = new byte[WINDOW];
  private long windowFrom;
  private int windowLength;
  private long next = SegmentHeader.LENGTH;
  private long offset = next;
  private long lastSequence;
  private boolean isContiguous;
  private boolean wasContiguous;
  private RangeChecksums ranges;
  private String fault = "";

  SegmentScanner(Segment segment) {
    this.segment = segment;
    lastSequence = segment.header().baseSequence() - 1;
    isContiguous = segment.header().origin() == SegmentHeader.Origin.APPENDED;
  }

  /** Goes one entry on. After bad bytes it stays where it is. */
  Step next() throws IOException {
    offset = next;
    if (offset == segment.end()) {
      return Step.END;
    }
    if (!isSound()) {
      return Step.BAD;
    }
    lastSequence = header.sequence();
    next = offset + header.length();
    return Step.ENTRY;
  }

  /** Whether a sound entry begins at the offset; if not, the fault says why. */
  private boolean isSound() throws IOException {
    return isPlausible() && isIntact();
  }

  /** Whether the bytes at the offset look like the header of the entry that is due. */
  private boolean isPlausible() throws IOException {
    require(EntryCodec.MAX_HEADER_LENGTH);
    EntryHeader.Status status =
        segment.codec().parse(header.at(offset, segment.end()), window, (int) (offset - windowFrom), windowLength);
    if (status != EntryHeader.Status.WHOLE) {
      fault = status == EntryHeader.Status.TORN ? "an entry is cut off" : header.fault().toString();
      return false;
    }
    fault = Fault.SEQUENCE.toString();
    return isContiguous ? header.sequence() == lastSequence + 1 : header.sequence() > lastSequence;
  }

  private boolean isIntact() throws IOException {
    fault = Fault.CHECKSUM.toString();
    return header.length() <= WINDOW ? isIntactInWindow() : isIntactBeyondWindow();
  }

  private boolean isIntactInWindow() throws IOException {
    require(header.length());
    return offset + header.length() <= windowFrom + windowLength
        && header.verify(window, (int) (offset - windowFrom) + header.headerLength());
  }

  /** Checks an entry that is larger than the window; leaves its header and key there. */
  private boolean isIntactBeyondWindow() throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[WINDOW];
    long from = offset + header.headerLength();
    for (long rest = (long) header.keyLength() + header.valueLength(); rest > 0; ) {
      int count = segment.read(from, chunk, 0, (int) Math.min(rest, WINDOW));
      if (count <= 0) {
        return false;
      }
      segment.bytes().announce(from + count, WINDOW);
      crc.update(chunk, 0, count);
      from += count;
      rest -= count;
    }
    require(MOST_HEADER_AND_KEY);
    return header.verify((int) crc.getValue());
  }

  /** Has some bytes from the offset on in the window, or all that there are. */
  private void require(int length) throws IOException {
    if (offset < windowFrom || offset + length > windowFrom + windowLength) {
      int count = segment.read(offset, window, 0, WINDOW);
      windowFrom = offset;
      windowLength = Math.max(0, count);
      segment.bytes().announce(windowFrom + windowLength, WINDOW);
    }
  }

  /**
   * Goes on to the first sound entry behind the present offset that claims that bytes up to beyond some offset were durable.
   *
   * @param watermark the entry's watermark must be above that; 0 for any entry
   * @return whether there is one; the next step then meets it
   */
  boolean skip(long watermark) throws IOException {
    long bad = offset;
    wasContiguous = isContiguous;
    isContiguous = false;
    for (offset = bad + 1; offset < segment.end(); offset++) {
      if (isPlausible() && header.watermark() > watermark && isIntactBehind(bad)) {
        next = offset;
        return true;
      }
    }
    isContiguous = wasContiguous;
    offset = bad;
    return false;
  }

  /**
   * Looks again at bad bytes that were skipped. A store that is at work may have put an entry in the place of zeros meanwhile.
   *
   * @param bad where they begin
   * @return whether a sound entry is there by now; the next step then meets it, as if nothing had been bad
   */
  boolean isSoundByNow(long bad) throws IOException {
    offset = bad;
    windowLength = 0;
    boolean isSound = isSound();
    if (isSound) {
      next = bad;
      isContiguous = wasContiguous;
    }
    return isSound;
  }

  /** Forgets what it has read ahead: what follows the last entry that was met, up to an end that may have moved, is looked at afresh. */
  void readAnew() {
    windowLength = 0;
    ranges = null;
  }

  /** Checks an entry behind bad bytes: in all, that takes work in proportion to the bytes, whatever is in them. */
  private boolean isIntactBehind(long bad) throws IOException {
    if (header.length() <= LONG) {
      return isIntact();
    }
    if (ranges == null) {
      ranges = new RangeChecksums(segment, bad);
    }
    return header.verify(ranges.of(offset + header.headerLength(), offset + header.length()));
  }

  /** Goes on at an offset: that of bad bytes, to skip them in another way, or the end. */
  void resumeAt(long from) {
    offset = from;
    next = from;
  }

  /** Where the next step looks. */
  long resumesAt() {
    return next;
  }

  /** The entry met, with its place. */
  EntryHeader header() {
    return header;
  }

  /** The array that holds the key of the entry met, at {@link #keyFrom}. */
  byte[] window() {
    return window;
  }

  /** Whether the value of the entry met is there too, behind the key. */
  boolean isInWindow() {
    return header.length() <= WINDOW;
  }

  int keyFrom() {
    return (int) (offset - windowFrom) + header.headerLength();
  }

  /** Where the entry met, the end, or the bad bytes begin. */
  long offset() {
    return offset;
  }

  /** What is wrong with the bad bytes. */
  String fault() {
    return fault;
  }

  /** The greatest sequence number so far; that before the segment's base if there was no entry. */
  long lastSequence() {
    return lastSequence;
  }
}
