package io.bitkv.codec.entry;

import java.util.Arrays;

/**
 * One entry of a segment, decoded and verified. The arrays are not copied on the way in or out: whoever holds an
 * entry leaves them unchanged.
 *
 * @param kind what it does
 * @param keyspace the number of its keyspace, 0 or more
 * @param key its key, empty for a dropped keyspace
 * @param value its value, empty for all but a put
 * @param sequence its sequence number, 1 or more: the higher one is the newer
 * @param timestamp when it was written, in milliseconds since 1970-01-01T00:00Z; it decides nothing
 * @param expiry from when on it counts as absent, in the same unit, or {@link EntryHeader#NO_EXPIRY}
 * @param watermark how far its segment was known to be durable when it was written, as an offset
 * @param batchContinues whether the next entry belongs to the same batch
 * @param offset where in its segment it begins
 * @param length how many bytes it takes there
 */
public record Entry(
    EntryKind kind,
    int keyspace,
    byte[] key,
    byte[] value,
    long sequence,
    long timestamp,
    long expiry,
    long watermark,
    boolean batchContinues,
    long offset,
    int length) {

  static Entry of(EntryHeader header, byte[] bytes, int keyFrom) {
    int valueFrom = keyFrom + header.keyLength;
    return new Entry(
        header.kind,
        header.keyspace,
        Arrays.copyOfRange(bytes, keyFrom, valueFrom),
        Arrays.copyOfRange(bytes, valueFrom, valueFrom + header.valueLength),
        header.sequence,
        header.timestamp,
        header.expiry,
        header.watermark,
        header.batchContinues,
        header.offset,
        header.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry that
        && kind == that.kind
        && keyspace == that.keyspace
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && sequence == that.sequence
        && timestamp == that.timestamp
        && expiry == that.expiry
        && watermark == that.watermark
        && batchContinues == that.batchContinues
        && offset == that.offset
        && length == that.length;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sequence * 31 + offset) * 31 + Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return kind + " at " + offset + ": sequence " + sequence + ", keyspace " + keyspace + ", key of " + key.length
        + " bytes, value of " + value.length + " bytes";
  }
}
