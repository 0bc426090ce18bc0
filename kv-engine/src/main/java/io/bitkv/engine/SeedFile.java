package io.bitkv.engine;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data file of the program that this one descends from, read from entry to entry. Numbers are unsigned and little-endian:
 *
 * <pre>
 *  0  4  timestamp, in seconds
 *  4  4  key length
 *  8  4  value length + 1
 * 12     key, value
 *     1  1 for a deletion, else 0
 * </pre>
 *
 * <p>There is no checksum, so a torn or damaged entry shows only by lengths that lead beyond the end, or by its last byte. For one thread.
 */
final class SeedFile implements AutoCloseable {
  /** What the next step met. */
  enum Step {
    /** An entry. */
    ENTRY,
    /** The end of the file, right behind an entry. */
    END,
    /** The file ends within an entry. */
    TORN,
    /** Bytes that are no entry. */
    BAD,
    /** An entry whose key or value is longer than a store takes; it is passed over. */
    TOO_LONG
  }

  private static final Pattern NAME = Pattern.compile("([0-9]{1,18})_segment\\.data");
  private static final int HEADER = 12;
  private static final int BUFFER = 1 << 20;

  private final Path path;
  private final long size;
  private final DataInputStream in;
  private long offset;
  private long next;
  private byte[] key = {};
  private byte[] value = {};
  private boolean isDeletion;

  private SeedFile(Path path, long size, InputStream in) {
    this.path = path;
    this.size = size;
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
  }

  static SeedFile open(Path path) throws IOException {
    return new SeedFile(path, Files.size(path), Files.newInputStream(path));
  }

  /** The data files of a directory, the oldest first. */
  static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> seconds(file) >= 0).sorted(Comparator.comparingLong(SeedFile::seconds).thenComparing(Path::compareTo)).toList();
    }
  }

  private static long seconds(Path file) {
    Matcher match = NAME.matcher(file.getFileName().toString());
    return match.matches() && Files.isRegularFile(file) ? Long.parseLong(match.group(1)) : -1;
  }

  /** Goes one entry on. */
  Step next(int maxKey, int maxValue) throws IOException {
    offset = next;
    if (offset == size) {
      return Step.END;
    }
    if (size - offset < HEADER) {
      return Step.TORN;
    }
    in.skipNBytes(Integer.BYTES);
    long keyLength = unsigned();
    long valueLength = unsigned() - 1;
    if (valueLength < 0) {
      return Step.BAD;
    }
    next = offset + HEADER + keyLength + valueLength + 1;
    if (next > size) {
      return Step.TORN;
    }
    if (keyLength > maxKey || valueLength > maxValue) {
      in.skipNBytes(next - offset - HEADER);
      return Step.TOO_LONG;
    }
    key = in.readNBytes((int) keyLength);
    value = in.readNBytes((int) valueLength);
    int last = in.readUnsignedByte();
    isDeletion = last == 1;
    return last > 1 ? Step.BAD : Step.ENTRY;
  }

  private long unsigned() throws IOException {
    return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** Where the entry met, the end, or what is no entry begins. */
  long offset() {
    return offset;
  }

  /** Where the next step looks. */
  long resumesAt() {
    return next;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  boolean isDeletion() {
    return isDeletion;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
