package io.bitkv.client;

import io.bitkv.api.Versioned;
import java.util.Arrays;

/** What a key held when it was asked for. */
final class KeptValue {

  private final Versioned<byte[]> found;
  private final long askedNanos;
  private final long bytes;
  private volatile boolean isUsed;

  /**
   * Keeps what was found.
   *
   * @param found what the key held, or null for nothing
   * @param askedNanos when it was asked for
   * @param bytes how much it counts
   */
  KeptValue(Versioned<byte[]> found, long askedNanos, long bytes) {
    this.found = found;
    this.askedNanos = askedNanos;
    this.bytes = bytes;
  }

  Versioned<byte[]> found() {
    return found;
  }

  long askedNanos() {
    return askedNanos;
  }

  long bytes() {
    return bytes;
  }

  /** Notes that it was of use; written only when that is news, so that readers do not disturb each other. */
  void use() {
    if (!isUsed) {
      isUsed = true;
    }
  }

  /** Whether it was of use since this was last asked. */
  boolean takeUse() {
    boolean was = isUsed;
    isUsed = false;
    return was;
  }

  boolean isSame(Versioned<byte[]> other) {
    return found == null || other == null
        ? found == other
        : found.version() == other.version()
            && found.expiresAtMillis() == other.expiresAtMillis()
            && Arrays.equals(found.value(), other.value());
  }
}
