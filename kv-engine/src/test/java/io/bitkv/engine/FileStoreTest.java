package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file does what the seam says, whatever the system makes of a call. */
class FileStoreTest {
  @TempDir private Path directory;

  private Disk disk() {
    return FileDisk.open(directory.resolve("store"));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void bytesAreReadWhereTheyWereWritten() throws IOException {
    byte[] bytes = random(300_000);
    try (Disk disk = disk();
        Store store = disk.create("file")) {
      store.write(ByteBuffer.wrap(bytes), 10);
      store.write(ByteBuffer.allocateDirect(5).put(0, new byte[] {1, 2, 3, 4, 5}), 0);
      assertEquals(300_010, store.size());
      ByteBuffer read = ByteBuffer.allocate(400_000);
      assertEquals(300_000, store.read(read, 10));
      assertArrayEquals(bytes, Arrays.copyOf(read.array(), 300_000));
      assertEquals(0, store.read(ByteBuffer.allocate(1), 300_010));
      assertEquals(0, store.read(ByteBuffer.allocate(1), 1_000_000));
    }
  }

  @Test
  @DisplayName("F47 shortWritesAndReadsAreGoneOnWith: until everything is done")
  void shortWritesAndReadsAreGoneOnWith() throws IOException {
    byte[] bytes = random(1_000);
    Path path = directory.resolve("file");
    try (Store store = new FileStore(path, new ShortChannel(path, 7))) {
      store.write(ByteBuffer.wrap(bytes), 0);
      ByteBuffer read = ByteBuffer.allocate(1_000);
      assertEquals(1_000, store.read(read, 0));
      assertArrayEquals(bytes, read.array());
    }
    assertArrayEquals(bytes, Files.readAllBytes(path));
  }

  @Test
  void mappingOutlivesItsStore() throws IOException {
    byte[] bytes = random(5_000);
    try (Disk disk = disk();
        Arena arena = Arena.ofShared()) {
      MemorySegment mapped;
      try (Store store = disk.create("file")) {
        store.write(ByteBuffer.wrap(bytes), 0);
        mapped = store.map(0, 4_000, arena);
      }
      assertArrayEquals(Arrays.copyOf(bytes, 4_000), mapped.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void truncatingCutsTheEnd() throws IOException {
    try (Disk disk = disk();
        Store store = disk.create("file")) {
      store.write(ByteBuffer.wrap(random(100)), 0);
      store.truncate(40);
      store.sync();
      assertEquals(40, store.size());
    }
  }

  @Test
  void closedStoreRefusesEveryUse() throws IOException {
    try (Disk disk = disk()) {
      Store store = disk.create("file");
      store.close();
      store.close();
      assertThrows(ClosedChannelException.class, () -> store.write(ByteBuffer.allocate(1), 0));
      assertThrows(ClosedChannelException.class, () -> store.read(ByteBuffer.allocate(1), 0));
      assertThrows(ClosedChannelException.class, store::sync);
      assertThrows(ClosedChannelException.class, store::size);
    }
  }

  @Test
  void filesAreMadeOnceRenamedAndRemoved() throws IOException {
    try (Disk disk = disk()) {
      disk.create("a").close();
      assertThrows(FileAlreadyExistsException.class, () -> disk.create("a"));
      disk.create("b").close();
      disk.rename("a", "b");
      assertThrows(NoSuchFileException.class, () -> disk.openForReading("a"));
      disk.sync();
      disk.delete("b");
      disk.delete("b");
      assertThrows(NoSuchFileException.class, () -> disk.openForWriting("b"));
    }
  }
}
