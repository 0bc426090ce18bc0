package io.bitkv.engine;

import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.ValueView;
import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads one entry at a time from the log, and is the {@link KeyMatcher} of a search. For one thread at a time.
 *
 * <p>Loading an entry brings its header and key into a window, and its value too when it is small; the checksum of a small entry is
 * checked there and then. That of a larger one is checked when its value is read, or when it has expired or its key is not the one looked
 * for, so that damage never passes for absence.
 */
final class EntryReader implements KeyMatcher {
  private static final int WINDOW = 256;
  private static final int MOST_HELD = 4 << 10;
  private static final int CHUNK = 64 << 10;

  private final SegmentTable segments;
  private final WriteGate gate;
  private final EntryHeader header = new EntryHeader();
  private final ValueView view = new EntryView(this);
  private byte[] window = new byte[WINDOW];
  private int there;
  private Segment segment;
  private long offset;
  private long location;
  private boolean isVerified;
  private byte[] wanted;
  private int wantedFrom;
  private int wantedTo;
  private boolean isLent;

  EntryReader(SegmentTable segments, WriteGate gate) {
    this.segments = segments;
    this.gate = gate;
  }

  /** Lends this reader unless it is lent already; tells whether it did. */
  boolean lend() {
    boolean wasLent = isLent;
    isLent = true;
    return !wasLent;
  }

  /** Ends the loan. */
  void giveBack() {
    isLent = false;
  }

  /**
   * Loads the latest entry of a key.
   *
   * @return where it is, or {@link EntryLocation#NONE} if the key is absent from the directory
   */
  long find(KeyDirectory directory, KeySlice key) {
    // Without a reference to the slice the compiler need not make it.
    wanted = key.bytes();
    wantedFrom = key.offset();
    wantedTo = key.offset() + key.length();
    return directory.find(key, this);
  }

  @Override
  public Match match(long candidate) {
    if (!load(candidate)) {
      return Match.GONE;
    }
    check(header.kind() == EntryKind.PUT);
    if (hasWantedKey()) {
      return Match.SAME;
    }
    return isVerified || verify() ? Match.OTHER : Match.GONE;
  }

  private boolean hasWantedKey() {
    int from = header.headerLength();
    return Arrays.equals(window, from, from + header.keyLength(), wanted, wantedFrom, wantedTo);
  }

  /**
   * Loads the entry at a location that a directory holds, or held.
   *
   * @return whether it is still there; if not, its segment has been retired
   */
  boolean load(long from) {
    gate.checkOpen();
    location = from;
    segment = segments.find(EntryLocation.segmentId(from));
    offset = EntryLocation.offset(from);
    isVerified = false;
    if (segment == null || !fill(WINDOW)) {
      return isGone();
    }
    check(segment.codec().parse(header.at(offset, segment.end()), window, 0, there) == EntryHeader.Status.WHOLE
        && EntryLocation.expires(from) == (header.expiry() != EntryHeader.NO_EXPIRY));
    int needed = header.headerLength() + header.keyLength();
    if (needed > there) {
      window = needed > window.length ? new byte[EntryCodec.MAX_HEADER_LENGTH + EntryCodec.MAX_KEY_LENGTH] : window;
      if (!fill(window.length)) {
        return isGone();
      }
      check(there >= needed);
    }
    if (header.length() <= there) {
      check(header.verify(window, header.headerLength()));
      isVerified = true;
    }
    return true;
  }

  private boolean isGone() {
    gate.checkOpen();
    return false;
  }

  private boolean fill(int length) {
    there = read(offset, window, 0, length);
    return there != Segment.GONE;
  }

  private int read(long from, byte[] target, int at, int length) {
    try {
      return segment.read(from, target, at, length);
    } catch (IOException e) {
      throw new StoreIoException("cannot read " + segment.path() + " at offset " + from + ": " + IoFailures.describe(e), e);
    }
  }

  private void check(boolean isSound) {
    if (!isSound) {
      throw new StoreCorruptException(segment.path(), offset, "the entry there does not check out; restore the file from a backup");
    }
  }

  /** Checks the checksum of the loaded entry without keeping its value; false if its segment has been retired meanwhile. */
  private boolean verify() {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    long from = offset + header.headerLength();
    for (long rest = (long) header.keyLength() + header.valueLength(); rest > 0; ) {
      int count = read(from, chunk, 0, (int) Math.min(rest, CHUNK));
      if (count == Segment.GONE) {
        return isGone();
      }
      check(count > 0);
      crc.update(chunk, 0, count);
      from += count;
      rest -= count;
    }
    check(header.verify((int) crc.getValue()));
    isVerified = true;
    return true;
  }

  /** The loaded entry's value, for the time of a callback. */
  ValueView view() {
    return view;
  }

  /** Copies the loaded entry's value; null if its segment has been retired meanwhile. */
  byte[] value() {
    byte[] value = new byte[header.valueLength()];
    return copyValue(value, 0) ? value : null;
  }

  /** Copies the loaded entry's value to an array; false if its segment has been retired meanwhile. */
  boolean copyValue(byte[] target, int at) {
    int length = header.valueLength();
    int from = header.headerLength() + header.keyLength();
    if (there >= header.length()) {
      System.arraycopy(window, from, target, at, length);
      return true;
    }
    int count = read(offset + from, target, at, length);
    if (count == Segment.GONE) {
      return isGone();
    }
    check(count == length && header.verify(window, header.headerLength(), target, at));
    isVerified = true;
    return true;
  }

  /**
   * Brings the whole of the loaded entry into the window if it is not too large for that.
   *
   * @return whether it has been checked, and its value is at hand without the log
   */
  boolean hold() {
    if (there < header.length() && header.length() <= MOST_HELD) {
      window = window.length < MOST_HELD ? new byte[MOST_HELD] : window;
      if (!fill(header.length())) {
        return isGone();
      }
      check(there == header.length() && header.verify(window, header.headerLength()));
      isVerified = true;
    }
    return there >= header.length();
  }

  /** Checks the loaded entry unless it has been; the caller pins its segment. */
  void ensureVerified() {
    if (!isVerified) {
      verify();
    }
  }

  /** Whether the loaded entry's time has come; it is checked before it is believed. */
  boolean isExpired(long now) {
    return header.expiry() != EntryHeader.NO_EXPIRY && header.expiry() <= now && (isVerified || verify());
  }

  /** The same by a clock, which is asked only if the entry expires at all. */
  boolean isExpired(InstantSource clock) {
    return header.expiry() != EntryHeader.NO_EXPIRY && isExpired(clock.millis());
  }

  byte[] key() {
    return Arrays.copyOfRange(window, header.headerLength(), header.headerLength() + header.keyLength());
  }

  int valueLength() {
    return header.valueLength();
  }

  long sequence() {
    return header.sequence();
  }

  long expiry() {
    return header.expiry();
  }

  /** The length of the loaded entry in the log. */
  int length() {
    return header.length();
  }

  long location() {
    return location;
  }
}
