package io.bitkv.engine;

import java.io.IOException;

/** The room on the disk that background work leaves to the writes of users. */
final class Room {
  /** Background work begins only if so much is left when it has ended. */
  private static final long LEFT_BYTES = 4 << 20;

  private Room() {}

  /** Fails unless there is room for a number of bytes and to spare. */
  static void check(Disk disk, long bytes) throws IOException {
    long usable = disk.usableBytes();
    if (usable - bytes < LEFT_BYTES) {
      throw new IOException(
          "there is not enough room in " + disk.directory() + ": " + bytes + " bytes are needed and " + LEFT_BYTES + " must be left, of " + usable);
    }
  }
}
