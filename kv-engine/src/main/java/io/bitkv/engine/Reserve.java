package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A file that takes up room on the disk, so that deletions have some when everything else is full. For one thread at a time.
 *
 * <p>Its bytes are random, for file systems that would make nothing of zeros.
 */
final class Reserve {
  /** Room for some 25,000 tombstones. */
  private static final int BYTES = 1 << 20;

  private static final String TEMPORARY = FileNames.temporary(FileNames.RESERVE);

  private final Disk disk;
  private boolean isThere;

  /** Takes over the reserve that was found, if its length is right. */
  Reserve(Disk disk, long foundBytes) {
    this.disk = disk;
    isThere = foundBytes == BYTES;
  }

  /** Whether the room is taken. */
  boolean isThere() {
    return isThere;
  }

  /** Gives the room up; tells whether there was any. */
  boolean release() throws IOException {
    boolean wasThere = isThere;
    if (wasThere) {
      disk.delete(FileNames.RESERVE);
      isThere = false;
    }
    return wasThere;
  }

  /** Takes the room up unless it is taken already. */
  void fill() throws IOException {
    if (isThere) {
      return;
    }
    byte[] bytes = new byte[BYTES];
    new SplittableRandom(BYTES).nextBytes(bytes);
    disk.delete(TEMPORARY);
    try (Store store = disk.create(TEMPORARY)) {
      store.write(ByteBuffer.wrap(bytes), 0);
    } catch (IOException e) {
      disk.delete(TEMPORARY);
      throw e;
    }
    disk.rename(TEMPORARY, FileNames.RESERVE);
    isThere = true;
  }
}
