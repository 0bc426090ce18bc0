package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;

/** An open file of a {@link MemoryDisk}. */
final class MemoryStore implements Store {
  private final MemoryDisk disk;
  private final MemoryFile file;
  private volatile boolean isClosed;

  MemoryStore(MemoryDisk disk, MemoryFile file) {
    this.disk = disk;
    this.file = file;
  }

  private void check() throws ClosedChannelException {
    if (isClosed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void write(ByteBuffer bytes, long at) throws IOException {
    check();
    byte[] written = new byte[bytes.remaining()];
    bytes.get(written);
    try {
      disk.fail(Faults.Kind.WRITE, file.toString(), written.length);
    } catch (Faults.Partial partial) {
      put(at, Arrays.copyOf(written, Math.min(partial.written, written.length)));
      throw partial.getCause();
    }
    synchronized (disk) {
      long grown = Math.max(0, at + written.length - file.room());
      long room = disk.capacity - disk.used();
      if (grown > room) {
        put(at, Arrays.copyOf(written, (int) Math.max(0, written.length - (grown - room))));
        throw new DiskFullException(Path.of(file.toString()), null);
      }
      put(at, written);
    }
  }

  private void put(long at, byte[] bytes) {
    synchronized (disk) {
      if (bytes.length > 0) {
        file.write(at, bytes, bytes.length);
        disk.add(new Op.Write(file, at, bytes));
      }
    }
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    check();
    disk.fail(Faults.Kind.READ, file.toString(), target.remaining());
    byte[] bytes = new byte[target.remaining()];
    int count = file.read(bytes, 0, bytes.length, at);
    target.put(bytes, 0, count);
    return count;
  }

  @Override
  public void sync() throws IOException {
    check();
    int began = disk.add(new Op.SyncBegan(file));
    disk.fail(Faults.Kind.SYNC, file.toString(), 0);
    disk.add(new Op.SyncEnded(file, began));
  }

  @Override
  public long size() throws IOException {
    check();
    return file.size();
  }

  @Override
  public void truncate(long size) throws IOException {
    check();
    disk.fail(Faults.Kind.TRUNCATE, file.toString(), 0);
    synchronized (disk) {
      file.truncate(size);
      disk.add(new Op.Truncate(file, size));
    }
  }

  @Override
  public MemorySegment map(long from, long length, Arena arena) {
    MemorySegment mapped = arena.allocate(length);
    mapped.copyFrom(MemorySegment.ofArray(file.bytes()).asSlice(from, length));
    return mapped.asReadOnly();
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
