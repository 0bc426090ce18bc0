package io.bitkv.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for stores under test, and what can be done to them from outside. */
public final class Directories {

  /** What is done in a directory. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void in(Path directory) throws Exception;
  }

  private static final String LOCK = "LOCK";
  private static final String STAGING = "staging";
  private static final int STAGING_HEADER = 64;
  private static final int STAGING_START = 16;
  private static final int STAGING_SEGMENT = 20;

  private Directories() {}

  /** Makes a directory, works in it, and removes it with all that is in it. */
  public static void inFresh(String name, Work work) {
    try {
      Path directory = Files.createTempDirectory("bitkv-" + name + "-");
      try {
        work.in(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the work in a fresh directory failed", e);
    }
  }

  /** Copies an open store as {@link #copyOpenStore} does, works in the copy, and removes it. */
  public static void inCopyOf(Path openStore, Work work) {
    inFresh(
        "copy",
        fresh -> {
          Path copy = fresh.resolve("store");
          copyOpenStore(openStore, copy);
          work.in(copy);
        });
  }

  /**
   * Copies a store's files as the death of its process would leave them. The store must not be working meanwhile, but for the files that
   * it no longer needs, which may vanish, and for what is staged, which may be written to its segment: so that comes first. Its lock file
   * is not touched: the operating system would forget the lock as soon as this process closed the file.
   */
  public static void copyOpenStore(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    copyIfThere(from.resolve(STAGING), to.resolve(STAGING));
    for (Path file : files(from)) {
      String name = file.getFileName().toString();
      if (!name.equals(LOCK) && !name.equals(STAGING)) {
        copyIfThere(file, to.resolve(name));
      }
    }
  }

  private static void copyIfThere(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to);
    } catch (NoSuchFileException e) {
      // It has been removed, or renamed, since the directory was listed.
    }
  }

  /**
   * Writes what is staged of a store that is not open to its segment, and removes the staging file, as if the system had lost that and
   * nothing else.
   *
   * @param directory the store's
   * @param segment the segment's id
   * @param end where its last entry ends
   */
  public static void unstage(Path directory, long segment, long end) throws IOException {
    Path staging = directory.resolve(STAGING);
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(staging)).order(ByteOrder.LITTLE_ENDIAN);
    long start = Integer.toUnsignedLong(file.getInt(STAGING_START));
    assertEquals(segment, file.getInt(STAGING_SEGMENT), "the segment whose entries are staged");
    try (FileChannel channel = FileChannel.open(segment(directory, segment), StandardOpenOption.WRITE)) {
      channel.write(file.slice(STAGING_HEADER, Math.toIntExact(end - start)), start);
    }
    Files.delete(staging);
  }

  /** The data file of a segment. */
  public static Path segment(Path directory, long id) {
    return directory.resolve(String.format("%010d.data", id));
  }

  /** Cuts a file to a length. */
  public static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** Turns bits of one byte of a file. */
  public static void flip(Path file, long offset, int mask) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      channel.write(one.put(0, (byte) (one.get(0) ^ mask)).flip(), offset);
    }
  }

  /** The files of a directory, by name. */
  public static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Removes a directory with all that is in it. */
  public static void delete(Path directory) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(directory)) {
      found = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.deleteIfExists(path);
    }
  }
}
