package io.bitkv.codec.entry;

/**
 * What an entry does to the state of a store. The code stands in the low three bits of an entry's tag byte; 0 is no
 * kind, so that zeros never are an entry, and 7 marks a {@link SegmentFooter}.
 */
public enum EntryKind {
  /** Gives a key a value. */
  PUT(1),
  /** Deletes a key: a tombstone. */
  TOMBSTONE(2),
  /** Deletes every key of a keyspace whose entry has a lower sequence number. */
  DROP_KEYSPACE(3);

  static final int BITS = 3;
  static final int MASK = (1 << BITS) - 1;

  private static final EntryKind[] BY_CODE = {null, PUT, TOMBSTONE, DROP_KEYSPACE, null, null, null, null};

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  /**
   * Tells the number that stands for this kind in a file.
   *
   * @return 1 to 6
   */
  public int code() {
    return code;
  }

  /** Finds the kind of the low three bits of a number, or null if there is none. */
  static EntryKind ofLowBits(int number) {
    return BY_CODE[number & MASK];
  }
}
