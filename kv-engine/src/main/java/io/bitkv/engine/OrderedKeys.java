package io.bitkv.engine;

import java.util.Iterator;

/**
 * A directory that also knows its keys in unsigned byte order.
 *
 * <p>The iterators take no lock and never fail because of writers: each key that is in the range throughout comes exactly once, in
 * order; one that comes or goes meanwhile may or may not come. The caller finds the entry of a key by {@link KeyDirectory#find},
 * and passes over keys that are absent by then. To go on later, narrow the range with the last key seen.
 */
interface OrderedKeys {
  /** The keys of a range, the least first. */
  Iterator<KeySlice> ascending(KeyRange range);

  /** The keys of a range, the greatest first. */
  Iterator<KeySlice> descending(KeyRange range);
}
