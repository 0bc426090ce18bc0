package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory a store lives in, held by this store alone: the seam at which tests put crashes and faults.
 *
 * <p>Files are known by their plain names; links are never followed. A call that fails because the disk or a quota is full throws
 * {@link DiskFullException}. Safe for use by any thread, and blind to interrupts: an interrupted thread's call goes on.
 */
interface Disk extends AutoCloseable {

  /** What a listing tells of one thing in the directory: its name, its length, and whether it is a regular file. */
  record Found(String name, long bytes, boolean isRegular) {}

  /** Where the directory is. */
  Path directory();

  /** Where a file of the directory is, for messages to people. */
  default Path path(String name) {
    return directory().resolve(name);
  }

  /** Lists the directory, in no order. */
  List<Found> list() throws IOException;

  /** Makes a file that must not exist yet, for reading and writing. */
  Store create(String name) throws IOException;

  /** Opens a file for reading. */
  Store openForReading(String name) throws IOException;

  /** Opens a file for reading and writing. */
  Store openForWriting(String name) throws IOException;

  /**
   * Makes a file of zeros, or makes it anew, and maps it for writing; its room on the disk is taken.
   *
   * @param name the file's name
   * @param length how many bytes
   * @param arena how long the mapping lives
   * @return the mapped bytes, which outlive the process
   * @throws IOException if that fails, or this directory cannot map for writing; there is no such file then
   */
  default MemorySegment mapForWriting(String name, int length, Arena arena) throws IOException {
    throw new IOException(path(name) + " cannot be mapped for writing");
  }

  /**
   * Takes room for a file that is going to be written, where that can be had. What is not needed is given back by cutting the file off.
   *
   * @param name the file, which is there
   * @param bytes how long it may become, above 0
   * @return whether the room has been taken; if not, nothing has changed
   * @throws DiskFullException if there is not so much room; some of it may have been taken
   */
  default boolean reserve(String name, long bytes) throws IOException {
    return false;
  }

  /** Gives a file another name at once, in the place of any file that had it. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. */
  void delete(String name) throws IOException;

  /** Makes all creations, renames and removals so far survive a loss of power. */
  void sync() throws IOException;

  /** How many bytes the file system has left for this store. */
  long usableBytes() throws IOException;

  /** Gives up the hold on the directory; open files stay usable. Closing again does nothing. */
  @Override
  void close();
}
