package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A segment's file as it will be once the entries that are staged for it are written: for whoever only reads. It is the mere file until it
 * is told of them.
 *
 * <p>The file may grow meanwhile: with those same entries, and others behind them.
 */
final class StagedStore implements Store {
  private final Store file;
  private volatile StagingReplay.Tail staged = StagingReplay.Tail.none(0);

  StagedStore(Store file) {
    this.file = file;
  }

  /** Shows staged entries from now on. */
  void show(StagingReplay.Tail tail) {
    staged = tail;
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    StagingReplay.Tail tail = staged;
    int began = target.position();
    if (at < tail.at()) {
      readBefore(target, at, tail.at());
    }
    long offset = at + target.position() - began;
    if (target.hasRemaining() && offset >= tail.at() && offset < tail.end()) {
      int from = (int) (offset - tail.at());
      int count = Math.min(target.remaining(), tail.entries().remaining() - from);
      target.put(tail.entries().slice(from, count));
    }
    offset = at + target.position() - began;
    if (target.hasRemaining() && offset >= tail.end()) {
      file.read(target, offset);
    }
    return target.position() - began;
  }

  /** Reads what lies before the staged entries; where the file ends before they begin, there are zeros. */
  private void readBefore(ByteBuffer target, long at, long to) throws IOException {
    int limit = target.limit();
    int wanted = (int) Math.min(target.remaining(), to - at);
    target.limit(target.position() + wanted);
    file.read(target, at);
    while (target.hasRemaining()) {
      target.put((byte) 0);
    }
    target.limit(limit);
  }

  @Override
  public long size() throws IOException {
    return Math.max(file.size(), staged.end());
  }

  @Override
  public void write(ByteBuffer bytes, long at) {
    throw readOnly();
  }

  @Override
  public void sync() {
    throw readOnly();
  }

  @Override
  public void truncate(long size) {
    throw readOnly();
  }

  private static IllegalStateException readOnly() {
    return new IllegalStateException("a segment with staged entries is only to be read");
  }

  /** Never maps: no file holds all of it. */
  @Override
  public MemorySegment map(long from, long length, Arena arena) throws IOException {
    throw new IOException("a segment with staged entries cannot be mapped");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
