package io.bitkv.tests.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it, forwards or backwards. Safe for use by many threads. */
public final class ManualClock implements InstantSource {

  /** The time a new clock shows, in milliseconds since 1970-01-01T00:00Z: 2026-01-01T00:00Z. */
  public static final long START_MILLIS = 1_767_225_600_000L;

  private final AtomicLong millis = new AtomicLong(START_MILLIS);

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }

  /** Moves the clock; a negative duration moves it back. */
  public void advance(Duration by) {
    advance(by.toMillis());
  }

  /** Moves the clock by milliseconds; a negative number moves it back. */
  public void advance(long byMillis) {
    millis.addAndGet(byMillis);
  }
}
