package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * A file of the file system.
 *
 * <p>A {@link FileChannel} is closed for everybody when one of its users is interrupted. An {@link AsynchronousFileChannel} is not, and
 * with an executor that runs tasks on the calling thread it does its system calls there and then, so that is what is used.
 */
final class FileStore implements Store {
  /** The room below which a failed write is put down to a full disk, whatever the system's own words for that are. */
  private static final long LEAST_ROOM = 64 << 10;

  /** The most bytes of a buffer on the heap that one call moves: the JDK copies them through memory that each thread then keeps. */
  private static final int CHUNK = 128 << 10;

  private static final Set<String> FULL = Set.of("No space left on device", "Disk quota exceeded");

  private static final ExecutorService CALLER = new CallerThreadExecutor();

  private final Path path;
  private final AsynchronousFileChannel channel;

  /** Takes over an open channel. */
  FileStore(Path path, AsynchronousFileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens a file; a link in its place is an error. */
  static FileStore open(Path path, StandardOpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return new FileStore(path, AsynchronousFileChannel.open(path, all, CALLER));
  }

  @Override
  public void write(ByteBuffer bytes, long at) throws IOException {
    int needed = bytes.remaining();
    long next = at;
    try {
      while (bytes.hasRemaining()) {
        ByteBuffer chunk = chunk(bytes);
        int count = result(channel.write(chunk, next));
        bytes.position(bytes.position() + count);
        next += count;
      }
    } catch (IOException e) {
      throw isFull(e, needed) ? new DiskFullException(path, e) : e;
    }
  }

  private boolean isFull(IOException failure, long needed) {
    if (!channel.isOpen()) {
      return false;
    }
    if (FULL.contains(failure.getMessage())) {
      return true;
    }
    try {
      return Files.getFileStore(path).getUsableSpace() < needed + LEAST_ROOM;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    int total = 0;
    while (target.hasRemaining()) {
      int count = result(channel.read(chunk(target), at + total));
      if (count < 0) {
        break;
      }
      target.position(target.position() + count);
      total += count;
    }
    return total;
  }

  /** What the next call moves: all that remains in a buffer, or the beginning of it. */
  private static ByteBuffer chunk(ByteBuffer buffer) {
    ByteBuffer all = buffer.slice();
    return buffer.isDirect() ? all : all.limit(Math.min(CHUNK, all.limit()));
  }

  /** The outcome of a call that has ended already, as every call has on the caller's own thread. */
  private static int result(Future<Integer> ended) throws IOException {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return ended.get();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public MemorySegment map(long from, long length, Arena arena) throws IOException {
    return map(path, Set.of(StandardOpenOption.READ), mapper -> mapper.map(FileChannel.MapMode.READ_ONLY, from, length, arena));
  }

  /** Maps the beginning of a file for writing. */
  static MemorySegment mapForWriting(Path path, long length, Arena arena) throws IOException {
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    return map(path, options, mapper -> mapper.map(FileChannel.MapMode.READ_WRITE, 0, length, arena));
  }

  private interface Mapping {
    MemorySegment map(FileChannel mapper) throws IOException;
  }

  /** Maps through a channel of its own, as only a {@link FileChannel} can; an interrupt in between makes it start again. */
  private static MemorySegment map(Path path, Set<StandardOpenOption> how, Mapping mapping) throws IOException {
    Set<OpenOption> options = new HashSet<>(how);
    options.add(LinkOption.NOFOLLOW_LINKS);
    boolean wasInterrupted = false;
    try {
      while (true) {
        wasInterrupted |= Thread.interrupted();
        try (FileChannel mapper = FileChannel.open(path, options)) {
          return mapping.map(mapper);
        } catch (ClosedByInterruptException e) {
          wasInterrupted = true;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
