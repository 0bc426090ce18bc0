package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KvException;
import io.bitkv.api.ValueView;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates how long the expiring keys of a database have still to live, by a look at some keys
 * taken at random. Redis knows its expiring keys apart; here they must be met among the others.
 */
final class TtlSample {

  private static final Logger LOG = LoggerFactory.getLogger(TtlSample.class);

  /** So many expiring keys are enough, as for Redis. */
  private static final int WANTED = 20;

  /** So many keys are looked at in search of expiring ones. */
  private static final int LOOKED_AT = 200;

  private TtlSample() {}

  /** The mean of what some expiring keys have left, in milliseconds; 0 if none was met. */
  static long meanMillis(Keyspace database, long nowMillis) {
    double sum = 0;
    int met = 0;
    for (int i = 0; i < LOOKED_AT && met < WANTED; i++) {
      long end = endOfAnyKey(database);
      if (end != Expiry.NONE) {
        sum += Math.max(0, end - nowMillis);
        met++;
      }
    }
    return met == 0 ? 0 : Math.round(sum / met);
  }

  private static long endOfAnyKey(Keyspace database) {
    try {
      Optional<byte[]> key = database.randomKey();
      return key.flatMap(any -> database.read(any, ValueView::expiresAtMillis))
          .orElse(Expiry.NONE);
    } catch (KvException e) {
      LOG.debug("A key whose expiry is to be estimated cannot be read: {}", e.getMessage());
      return Expiry.NONE;
    }
  }
}
