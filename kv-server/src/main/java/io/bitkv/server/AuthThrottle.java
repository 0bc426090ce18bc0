package io.bitkv.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Slows the guessing of passwords down. The answer to a wrong password is held back, for twice as
 * long after each further one from the same address, and only so many answers to an address are
 * held at a time; until they have gone, nobody at that address can try another.
 *
 * <p>Safe for use by all event loops.
 */
final class AuthThrottle {

  /** How long the answer to the first wrong password is held back. */
  private static final long FIRST_MILLIS = 100;

  private static final long LONGEST_MILLIS = 5_000;

  /** How many answers to one address are held back at a time. */
  private static final int MAX_HELD = 16;

  /** After so long without a wrong password from an address, all is forgotten. */
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How many addresses are remembered; beyond that the one used longest ago is forgotten. */
  private static final int MAX_ADDRESSES = 10_000;

  private static final class Attempts {
    private int failures;
    private int held;
    private long lastNanos;
  }

  private final Map<String, Attempts> addresses = new LinkedHashMap<>(16, 0.75f, true);
  private long failures;

  /** Whether so many answers to an address are held back that it must not try at all. */
  synchronized boolean isBlocked(String address, long nowNanos) {
    Attempts attempts = addresses.get(address);
    if (attempts == null) {
      return false;
    }
    if (nowNanos - attempts.lastNanos > FORGET_NANOS) {
      attempts.failures = 0;
    }
    return attempts.held >= MAX_HELD;
  }

  /**
   * Notes a wrong password.
   *
   * @return for how many milliseconds the answer is to be held back; {@link #released} must be
   *     called then
   */
  synchronized long failed(String address, long nowNanos) {
    failures++;
    Attempts attempts = addresses.computeIfAbsent(address, absent -> new Attempts());
    if (addresses.size() > MAX_ADDRESSES) {
      addresses.remove(addresses.keySet().iterator().next());
    }
    attempts.lastNanos = nowNanos;
    attempts.held++;
    long millis = FIRST_MILLIS << Math.min(attempts.failures, 6);
    attempts.failures++;
    return Math.min(millis, LONGEST_MILLIS);
  }

  /** Notes that an answer is held back no longer. */
  synchronized void released(String address) {
    Attempts attempts = addresses.get(address);
    if (attempts != null && attempts.held > 0) {
      attempts.held--;
    }
  }

  /** How many wrong passwords there were. */
  synchronized long failures() {
    return failures;
  }
}
