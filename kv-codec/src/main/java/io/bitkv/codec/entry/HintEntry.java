package io.bitkv.codec.entry;

/**
 * What a hint file says of one entry: all that a restart needs, without the key.
 *
 * @param kind what the entry does
 * @param keyspace the number of its keyspace, 0 or more
 * @param hash the {@link KeyHash} of its key, 0 for a dropped keyspace
 * @param sequence its sequence number, 1 or more
 * @param expires whether it has an expiry
 * @param offset where in its segment it begins
 * @param length how many bytes it takes there
 */
public record HintEntry(
    EntryKind kind, int keyspace, long hash, long sequence, boolean expires, long offset, int length) {

  /**
   * Makes the hint of an entry.
   *
   * @param header the entry's header, encoded or parsed
   * @param hash the {@link KeyHash} of its key, 0 for a dropped keyspace
   * @return the hint
   */
  public static HintEntry of(EntryHeader header, long hash) {
    return new HintEntry(
        header.kind,
        header.keyspace,
        hash,
        header.sequence,
        header.expiry != EntryHeader.NO_EXPIRY,
        header.offset,
        header.length());
  }
}
