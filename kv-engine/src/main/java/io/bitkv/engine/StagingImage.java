package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

/**
 * What the staging file of a directory held at one moment; nothing if there is none. Two of them are equal if they hold the same bytes.
 *
 * <p>It is to be read before the segments: what leaves the staging file afterwards is in its segment by then. A store that is at work may
 * begin the file anew while it is read, which the header tells; then it is read again. Whatever is torn all the same does not check out.
 */
final class StagingImage {
  /** How often the file is read anew because it was begun anew meanwhile. */
  private static final int MOST_ROUNDS = 100;

  private final byte[] file;

  private StagingImage(byte[] file) {
    this.file = file;
  }

  /** Reads the staging file of a directory. */
  static StagingImage of(Disk disk) throws IOException {
    try (Store store = disk.openForReading(FileNames.STAGING)) {
      StagingImage image = new StagingImage(read(store, StagingFile.LENGTH));
      for (int round = 1; round < MOST_ROUNDS && !image.beginsWith(read(store, StagingFile.HEADER_LENGTH)); round++) {
        image = new StagingImage(read(store, StagingFile.LENGTH));
      }
      return image;
    } catch (NoSuchFileException e) {
      return new StagingImage(new byte[StagingFile.LENGTH]);
    }
  }

  /** Reads the beginning of a file; zeros stand for what it lacks. */
  private static byte[] read(Store store, int length) throws IOException {
    byte[] bytes = new byte[length];
    store.read(ByteBuffer.wrap(bytes), 0);
    return bytes;
  }

  private boolean beginsWith(byte[] header) {
    return Arrays.equals(file, 0, header.length, header, 0, header.length);
  }

  /** Whether it may hold entries of a segment. */
  boolean isOf(int segmentId) {
    return StagingFile.isOf(ByteBuffer.wrap(file), segmentId);
  }

  /** The offset in the segment at which the first entry belongs. */
  long start() {
    return StagingFile.start(ByteBuffer.wrap(file));
  }

  /** The bytes: the header, then entries. Not to be changed. */
  byte[] file() {
    return file;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StagingImage image && Arrays.equals(file, image.file);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(file);
  }
}
