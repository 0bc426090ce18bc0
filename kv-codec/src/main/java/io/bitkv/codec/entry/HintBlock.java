package io.bitkv.codec.entry;

/**
 * The hints of one block of a hint file, all of them checked, in columns. Reusable, for one thread. Every index
 * runs from 0 to {@link #count} - 1.
 */
public final class HintBlock {
  private static final int TAG_MASK = (1 << HintFormat.LENGTH_SHIFT) - 1;
  private static final long MAX_FIRST = HintFormat.maxEntryLength() << HintFormat.LENGTH_SHIFT | TAG_MASK;

  private final VarintReader reader = new VarintReader();
  private final byte[] tags = new byte[HintFormat.BLOCK_HINTS];
  private final int[] keyspaces = new int[HintFormat.BLOCK_HINTS];
  private final int[] lengths = new int[HintFormat.BLOCK_HINTS];
  private final long[] hashes = new long[HintFormat.BLOCK_HINTS];
  private final long[] offsets = new long[HintFormat.BLOCK_HINTS];
  private final long[] sequences = new long[HintFormat.BLOCK_HINTS];
  private int count;
  private long end;

  HintBlock() {}

  /**
   * Reads the hints of a block whose checksum matches.
   *
   * @param bytes the array that holds the block
   * @param from the index of the block's first byte
   * @param to the index behind its last byte
   * @param dataEnd the end of the segment, behind which no entry may reach
   * @return what is wrong, or null
   */
  Fault read(byte[] bytes, int from, int to, long dataEnd) {
    int hints = LittleEndian.getUnsignedShort(bytes, from + HintFormat.BLOCK_COUNT_AT);
    long offset = LittleEndian.getUnsignedInt(bytes, from + HintFormat.FIRST_OFFSET_AT);
    long sequence = LittleEndian.getLong(bytes, from + HintFormat.FIRST_SEQUENCE_AT) - 1;
    reader.begin(bytes, from + HintFormat.HINTS_AT, to);
    for (int i = 0; i < hints; i++) {
      long first = reader.next(MAX_FIRST, Fault.LENGTH);
      hashes[i] = reader.nextLong();
      sequence += Varint.unzigzag(reader.next()) + 1;
      offset += (first & HintFormat.GAP) != 0 ? reader.next(dataEnd, Fault.LENGTH) : 0;
      boolean hasKeyspace = (first & HintFormat.HAS_KEYSPACE) != 0;
      keyspaces[i] = hasKeyspace ? (int) reader.next(Integer.MAX_VALUE, Fault.KEYSPACE) : 0;
      tags[i] = (byte) (first & TAG_MASK);
      lengths[i] = (int) (first >>> HintFormat.LENGTH_SHIFT);
      offsets[i] = offset;
      sequences[i] = sequence;
      offset += lengths[i];
      reader.require((first & HintFormat.KIND_MASK) != 0, Fault.KIND);
      reader.require(sequence > 0, Fault.SEQUENCE);
      reader.require(lengths[i] > 0 && offset <= dataEnd, Fault.LENGTH);
    }
    if (reader.torn() || reader.fault() != null) {
      return reader.torn() ? Fault.LENGTH : reader.fault();
    }
    if (reader.at() != to) {
      return Fault.LENGTH;
    }
    count = hints;
    end = offset;
    return null;
  }

  void clear() {
    count = 0;
  }

  /** Tells where the last entry ends. */
  long end() {
    return end;
  }

  /** {@return how many hints the block has: 1 or more after {@link HintReader.Status#BLOCK}, else 0} */
  public int count() {
    return count;
  }

  /**
   * Tells the hash of a key.
   *
   * @param index which hint
   * @return the {@link KeyHash}, 0 for a dropped keyspace
   */
  public long hash(int index) {
    return hashes[index];
  }

  /**
   * Tells where an entry begins.
   *
   * @param index which hint
   * @return the offset in the segment
   */
  public long offset(int index) {
    return offsets[index];
  }

  /**
   * Tells how long an entry is.
   *
   * @param index which hint
   * @return the length of header, key and value in bytes
   */
  public int length(int index) {
    return lengths[index];
  }

  /**
   * Tells the sequence number of an entry.
   *
   * @param index which hint
   * @return 1 or more
   */
  public long sequence(int index) {
    return sequences[index];
  }

  /**
   * Tells what an entry does.
   *
   * @param index which hint
   * @return its kind
   */
  public EntryKind kind(int index) {
    return EntryKind.ofLowBits(tags[index] & HintFormat.KIND_MASK);
  }

  /**
   * Tells the keyspace of an entry.
   *
   * @param index which hint
   * @return its number, 0 or more
   */
  public int keyspace(int index) {
    return keyspaces[index];
  }

  /**
   * Tells whether an entry has an expiry.
   *
   * @param index which hint
   * @return whether it has
   */
  public boolean expires(int index) {
    return (tags[index] & HintFormat.EXPIRES) != 0;
  }

  /**
   * Collects everything about an entry.
   *
   * @param index which hint
   * @return the hint
   */
  public HintEntry entry(int index) {
    return new HintEntry(
        kind(index), keyspaces[index], hashes[index], sequences[index], expires(index), offsets[index], lengths[index]);
  }
}
