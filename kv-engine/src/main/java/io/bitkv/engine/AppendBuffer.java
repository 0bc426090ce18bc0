package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The end of the active segment before it is written to its file: gathers the bytes of many appends into few writes.
 *
 * <p>The buffer is a {@link StagingFile} that is mapped for writing. What is put there survives the end of the process, as it would in the
 * file of the segment; {@link StagingReplay} then moves it there. Where the directory has no such file to give, the bytes are in plain
 * memory, and every append ends with a write. For whoever holds the append lock, but for {@link #read}.
 */
final class AppendBuffer {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment staging;
  private final MemorySegment area;
  private final ByteBuffer bytes;
  private final boolean outlivesProcess;
  private Segment segment;

  /** Takes the staging file of a directory, if it has one to give. */
  AppendBuffer(Disk disk) {
    MemorySegment mapped = MemorySegment.NULL;
    try {
      mapped = disk.mapForWriting(FileNames.STAGING, StagingFile.LENGTH, arena);
    } catch (IOException e) {
      // Every append is written at once then: slower, and as safe.
    }
    outlivesProcess = mapped.byteSize() > 0;
    staging = outlivesProcess ? mapped : arena.allocate(StagingFile.LENGTH, Long.BYTES);
    area = staging.asSlice(StagingFile.HEADER_LENGTH);
    bytes = area.asByteBuffer();
  }

  /** Whether this is a staging file, and not plain memory. */
  boolean outlivesProcess() {
    return outlivesProcess;
  }

  /**
   * Prepares for an append: what the buffer holds is written if the append might not find room beside it.
   *
   * @param target the segment; the buffer is empty unless it is the one of the append before
   * @param length the most bytes that the append takes
   * @return whether the bytes may stay here when the append ends
   */
  boolean begin(Segment target, long length) throws IOException {
    if (segment != target) {
      segment = target;
      empty();
    }
    if (length > bytes.remaining()) {
      flush();
    }
    return outlivesProcess && length <= bytes.remaining();
  }

  /** Begins anew; no reader takes what is put here for what was here before, because the segment's mark has moved already. */
  private void empty() {
    VarHandle.storeStoreFence();
    bytes.clear();
    StagingFile.begin(staging, segment.id(), segment.written());
  }

  /** Adds some bytes; writes when there is no room. */
  void put(byte[] from, int length) throws IOException {
    for (int at = 0; at < length; ) {
      if (!bytes.hasRemaining()) {
        flush();
      }
      int count = Math.min(length - at, bytes.remaining());
      try {
        bytes.put(from, at, count);
      } catch (InternalError e) {
        throw new IOException("the disk has no room for a page of the staging file", e);
      }
      at += count;
    }
  }

  /** Writes what has not been written yet; if that fails, all of it stays here. */
  void flush() throws IOException {
    if (bytes.position() > 0) {
      segment.write(bytes.duplicate().flip());
      empty();
    }
  }

  /** Drops what a failed append put here behind the end of the segment; nothing of it may pass for an entry after a kill. */
  void rollBack() {
    int kept = (int) (segment.end() - segment.written());
    area.asSlice(kept, Math.min(EntryCodec.MAX_HEADER_LENGTH, area.byteSize() - kept)).fill((byte) 0);
    empty();
    bytes.position(kept);
  }

  /**
   * Copies bytes that are not written yet. The caller then makes sure that they were not while it did.
   *
   * @param from where in the buffer
   * @return whether the buffer is still open
   */
  boolean read(int from, byte[] target, int at, int length) {
    try {
      MemorySegment.copy(area, ValueLayout.JAVA_BYTE, from, target, at, length);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Ends the mapping. */
  void close() {
    arena.close();
  }
}
