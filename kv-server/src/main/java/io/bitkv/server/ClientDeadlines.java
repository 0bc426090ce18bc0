package io.bitkv.server;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * By when a connection must have done what it has begun. Used by the connection's event loop only.
 */
final class ClientDeadlines {

  /** An unfinished request that arrives at least this fast is not cut off. */
  private static final long LEAST_BYTES_PER_SECOND = 16 << 10;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean isUnfinished;
  private long unfinishedSince;
  private long takenBytes;
  private long takenAt = System.nanoTime();

  /**
   * Notes how parsing went.
   *
   * @param unparsed how many bytes of an unfinished request there are
   * @param hasAdvanced whether a whole request came before it
   */
  void parsed(int unparsed, boolean hasAdvanced) {
    if (unparsed > 0 && (hasAdvanced || !isUnfinished)) {
      unfinishedSince = System.nanoTime();
    }
    isUnfinished = unparsed > 0;
  }

  /** Tells which deadline has passed, if one has. */
  Optional<String> passed(ClientHandler client, LiveOptions options, long now) {
    if (client.stage().isLingering()) {
      return Optional.of("it does not close its end")
          .filter(reason -> now - client.stage().lingeringSince() > LINGER_NANOS);
    }
    if (isUnfinishedTooLong(
        client.requests().size(), options.current().get(Settings.FRAME_TIMEOUT), now)) {
      return Optional.of("its request stays unfinished");
    }
    OutputLimit limit =
        client.connection().isPushedTo() ? options.pushLimit() : options.outputLimit();
    if (takesNothing(client, limit, now)) {
      return Optional.of("it does not take its replies");
    }
    int idleSeconds = options.current().get(Settings.TIMEOUT);
    boolean isIdle =
        idleSeconds > 0
            && now - client.connection().lastNanos() > TimeUnit.SECONDS.toNanos(idleSeconds);
    return isIdle && client.replies().outbound().pendingBytes() == 0
        ? Optional.of("it is idle")
        : Optional.empty();
  }

  private boolean isUnfinishedTooLong(int bytes, int seconds, long now) {
    long age = now - unfinishedSince;
    return isUnfinished
        && age > TimeUnit.SECONDS.toNanos(seconds)
        && bytes < LEAST_BYTES_PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(age);
  }

  private boolean takesNothing(ClientHandler client, OutputLimit limit, long now) {
    long taken = client.replies().outbound().takenBytes();
    long tolerated = client.stage().isEnding() ? 0 : limit.softBytes();
    if (taken != takenBytes
        || client.replies().isAwaitingDisk()
        || client.replies().outbound().pendingBytes() <= tolerated) {
      takenBytes = taken;
      takenAt = now;
    }
    return now - takenAt > TimeUnit.SECONDS.toNanos(limit.softSeconds());
  }
}
