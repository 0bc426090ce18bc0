package io.bitkv.engine;

import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.LimitExceededException;
import java.time.InstantSource;

/** Refuses what cannot be stored, before anything is written. */
final class Limits {
  private Limits() {}

  static void checkKey(byte[] key) {
    check("key", key.length, Keyspace.MAX_KEY_BYTES);
  }

  static void checkValue(byte[] value) {
    check("value", value.length, Keyspace.MAX_VALUE_BYTES);
  }

  private static void check(String what, int length, int limit) {
    if (length > limit) {
      throw new LimitExceededException("a " + what + " has at most " + limit + " bytes, not " + length);
    }
  }

  /** When a value that is written now expires; refuses a time that the calendar of expiries does not have. */
  static long expiry(Expiry expiry, long current, InstantSource clock) {
    long millis = expiry.resolve(current, clock);
    if (millis < 0 || millis == 0 && expiry instanceof Expiry.After) {
      throw new InvalidOptionException("a time to live cannot end before 1970: the clock stands at " + clock.instant());
    }
    return millis;
  }
}
