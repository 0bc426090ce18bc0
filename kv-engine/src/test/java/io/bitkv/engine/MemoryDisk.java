package io.bitkv.engine;

import io.bitkv.api.StoreLockedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A directory in memory that remembers every call that changed it, so that the states can be made which a crash at any moment may leave:
 * see {@link CrashState}. Calls can be made to fail by {@link Faults}, and the room can be limited.
 */
final class MemoryDisk implements Disk {
  final Map<String, MemoryFile> files = new TreeMap<>();
  final List<Op> trace = new ArrayList<>();
  volatile Faults faults = Faults.none();
  long capacity = Long.MAX_VALUE;

  /** Whether room can be taken for a file before it is written. */
  boolean canReserve = true;

  private final boolean isStaging;
  private final List<MemoryMapping> mappings = new ArrayList<>();
  private boolean isHeld;

  /** A directory that maps no file for writing. */
  MemoryDisk() {
    this(false);
  }

  MemoryDisk(boolean isStaging) {
    this.isStaging = isStaging;
  }

  /** A directory of this kind with nothing in it. */
  MemoryDisk another() {
    return new MemoryDisk(isStaging);
  }

  /** Takes hold of the directory, as opening a store does. */
  synchronized MemoryDisk hold() {
    if (isHeld) {
      throw new StoreLockedException(directory(), "another test");
    }
    isHeld = true;
    return this;
  }

  /** The state as it is, without its past. */
  synchronized MemoryDisk copy() {
    return CrashState.at(this, trace.size(), CrashState.ALL);
  }

  synchronized int traced() {
    noteMappings();
    return trace.size();
  }

  synchronized MemoryFile file(String name) {
    return files.get(name);
  }

  void fail(Faults.Kind kind, String file, int bytes) throws IOException {
    faults.before(new Faults.Call(kind, file, bytes));
  }

  synchronized int add(Op op) {
    noteMappings();
    trace.add(op);
    return trace.size();
  }

  /** Adds to the trace what has been stored in mapped bytes since the last time. */
  private void noteMappings() {
    mappings.removeIf(mapping -> !mapping.note(trace));
  }

  synchronized long used() {
    return files.values().stream().mapToLong(MemoryFile::room).sum();
  }

  @Override
  public Path directory() {
    return Path.of("/memory/store");
  }

  @Override
  public synchronized List<Found> list() {
    return files.entrySet().stream().map(file -> new Found(file.getKey(), file.getValue().size(), true)).toList();
  }

  @Override
  public Store create(String name) throws IOException {
    fail(Faults.Kind.CREATE, name, 0);
    synchronized (this) {
      if (files.containsKey(name)) {
        throw new FileAlreadyExistsException(name);
      }
      MemoryFile file = new MemoryFile(name);
      files.put(name, file);
      add(new Op.Create(name, file));
      return new MemoryStore(this, file);
    }
  }

  @Override
  public Store openForReading(String name) throws IOException {
    fail(Faults.Kind.OPEN, name, 0);
    synchronized (this) {
      MemoryFile file = files.get(name);
      if (file == null) {
        throw new NoSuchFileException(name);
      }
      return new MemoryStore(this, file);
    }
  }

  @Override
  public Store openForWriting(String name) throws IOException {
    return openForReading(name);
  }

  @Override
  public MemorySegment mapForWriting(String name, int length, Arena arena) throws IOException {
    if (!isStaging) {
      return Disk.super.mapForWriting(name, length, arena);
    }
    try (Store store = file(name) == null ? create(name) : openForWriting(name)) {
      store.write(ByteBuffer.allocate(length), 0);
      store.truncate(length);
    } catch (IOException e) {
      delete(name);
      throw e;
    }
    synchronized (this) {
      MemoryMapping mapping = new MemoryMapping(files.get(name), arena);
      mappings.add(mapping);
      return mapping.bytes();
    }
  }

  @Override
  public boolean reserve(String name, long bytes) throws IOException {
    fail(Faults.Kind.RESERVE, name, 0);
    synchronized (this) {
      if (canReserve) {
        if (bytes - files.get(name).room() > usableBytes()) {
          throw new DiskFullException(path(name), null);
        }
        files.get(name).reserve(bytes);
      }
      return canReserve;
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    fail(Faults.Kind.RENAME, from, 0);
    synchronized (this) {
      files.put(to, files.remove(from));
      add(new Op.Rename(from, to));
    }
  }

  @Override
  public void delete(String name) throws IOException {
    fail(Faults.Kind.DELETE, name, 0);
    synchronized (this) {
      if (files.remove(name) != null) {
        add(new Op.Delete(name));
      }
    }
  }

  @Override
  public synchronized long usableBytes() {
    return capacity - used();
  }

  @Override
  public void sync() throws IOException {
    int began = add(new Op.SyncBegan(null));
    fail(Faults.Kind.SYNC_DIRECTORY, "", 0);
    add(new Op.SyncEnded(null, began));
  }

  @Override
  public synchronized void close() {
    isHeld = false;
  }
}
