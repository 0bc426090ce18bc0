package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room is taken on the disk before it is needed, where the file system can do that, and given back. */
class ReservationTest {
  /** So much that what other programs write meanwhile does not matter. */
  private static final long BYTES = 256 << 20;

  /** File systems that can. */
  private static final Set<String> ABLE = Set.of("ext4", "xfs", "btrfs", "tmpfs");

  @TempDir Path folder;

  @Test
  @DisplayName("F49 roomIsTakenAndGivenBack: the file's length stays as it is")
  void roomIsTakenAndGivenBack() throws IOException {
    try (FileDisk disk = FileDisk.open(folder);
        Store store = disk.create("file")) {
      long before = disk.usableBytes();
      boolean isTaken = disk.reserve("file", BYTES);
      assertTrue(isTaken || !ABLE.contains(Files.getFileStore(folder).type()), "no room can be taken");
      assertEquals(isTaken, before - disk.usableBytes() > BYTES / 2);
      assertEquals(0, store.size());
      store.write(ByteBuffer.allocate(2), 0);
      store.truncate(1);
      assertTrue(before - disk.usableBytes() < BYTES / 2);
    }
  }

  @Test
  void withoutTheFileNothingIsTaken() throws IOException {
    assertFalse(Reservation.take(folder.resolve("none"), BYTES));
  }
}
