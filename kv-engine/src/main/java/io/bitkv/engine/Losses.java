package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.HintEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the entries that damage took: by it, older entries are told that must not be read again.
 *
 * <p>A hint file tells the hash of each lost key: then older entries of that key are left out, for they were overwritten or deleted. Of
 * other lost entries nothing but their greatest sequence number is known: any older value is then in doubt. For one thread.
 */
final class Losses {
  private record Key(int keyspace, long hash) {}

  private final Map<Key, Long> lost = new HashMap<>();
  private final Map<Integer, Long> dropped = new HashMap<>();
  private long known;
  private long doubtfulBefore;

  /** Takes note of a lost entry of which a hint tells. */
  void known(HintEntry hint) {
    known++;
    if (hint.kind() == EntryKind.DROP_KEYSPACE) {
      dropped.merge(hint.keyspace(), hint.sequence(), Math::max);
    } else {
      lost.merge(new Key(hint.keyspace(), hint.hash()), hint.sequence(), Math::max);
    }
  }

  /** Takes note of lost entries of which only an upper bound of their sequence numbers is known. */
  void unknown(long lastSequence) {
    doubtfulBefore = Math.max(doubtfulBefore, lastSequence);
  }

  /** How many lost entries are known by their hints. */
  long known() {
    return known;
  }

  /** A value with a lower sequence number may have been overwritten or deleted; 0 if none may. */
  long doubtfulBefore() {
    return doubtfulBefore;
  }

  /** Whether a newer entry of the same key is known to be lost. The names of keyspaces never change, so they stay. */
  boolean isStale(EntryHeader entry, long hash) {
    return entry.keyspace() != KeyspaceTable.SYSTEM
        && (entry.sequence() < lost.getOrDefault(new Key(entry.keyspace(), hash), 0L)
            || entry.sequence() < dropped.getOrDefault(entry.keyspace(), 0L));
  }

  /** Whether a newer entry of the same key may be lost. */
  boolean isDoubtful(EntryHeader entry) {
    return entry.kind() == EntryKind.PUT && entry.keyspace() != KeyspaceTable.SYSTEM && entry.sequence() < doubtfulBefore;
  }
}
