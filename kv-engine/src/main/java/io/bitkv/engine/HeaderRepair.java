package io.bitkv.engine;

import io.bitkv.codec.entry.Decoded;
import io.bitkv.codec.entry.SegmentHeader;
import java.util.Arrays;

/**
 * Restores a segment header in which one byte is wrong: the checksum tells which.
 *
 * <p>Of all headers that differ from the bytes in one place, none but the one that was written has both the right checksum and the id that
 * the file's name says, but for an accident of one in many millions. Without its header a segment could not be read at all.
 *
 * @param header the header as it was written
 * @param at the place of the wrong byte
 */
record HeaderRepair(SegmentHeader header, int at) {

  /** Restores the header of a segment; null if more than one byte is wrong. */
  static HeaderRepair of(byte[] damaged, int id) {
    byte[] bytes = Arrays.copyOf(damaged, SegmentHeader.LENGTH);
    for (int at = 0; at < SegmentHeader.LENGTH; at++) {
      byte wrong = bytes[at];
      for (int value = 0; value <= 0xFF; value++) {
        bytes[at] = (byte) value;
        if (SegmentHeader.decode(bytes, 0, bytes.length) instanceof Decoded.Whole<SegmentHeader> whole && whole.value().segmentId() == id) {
          return new HeaderRepair(whole.value(), at);
        }
      }
      bytes[at] = wrong;
    }
    return null;
  }
}
