package io.bitkv.engine;

import io.bitkv.api.KvException;
import io.bitkv.api.StoreIoException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A directory of the file system, locked against every other store unless nobody else knows it. */
final class FileDisk implements Disk {
  private final Path directory;
  private final DirectoryLock lock;

  private FileDisk(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes a directory for a store; makes it if only its parent exists.
   *
   * @throws KvException if another store holds it, or the file system refuses
   */
  static FileDisk open(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(absolute)) {
        make(absolute);
      }
      return new FileDisk(absolute, DirectoryLock.acquire(absolute));
    } catch (AccessDeniedException e) {
      throw new StoreIoException("no permission to write " + e.getFile() + "; choose another directory or change its rights", e);
    } catch (IOException e) {
      throw new StoreIoException("cannot open " + absolute + ": " + IoFailures.describe(e), e);
    }
  }

  /** Takes a directory that is there and that nobody else knows, without a lock. */
  static FileDisk unlocked(Path directory) {
    return new FileDisk(directory, null);
  }

  private static void make(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new StoreIoException("cannot make " + directory + ": there is no directory " + parent + "; make that first");
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new StoreIoException(directory + " is not a directory; choose another place for the store", e);
      }
    }
    if (parent != null) {
      syncDirectory(parent);
    }
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public List<Found> list() throws IOException {
    return list(directory);
  }

  /** Lists a directory; what goes meanwhile may be left out. */
  static List<Found> list(Path directory) throws IOException {
    List<Found> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          all.add(new Found(file.getFileName().toString(), facts.size(), facts.isRegularFile()));
        } catch (NoSuchFileException e) {
          // It is gone.
        }
      }
    }
    return all;
  }

  @Override
  public Store create(String name) throws IOException {
    return FileStore.open(path(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public Store openForReading(String name) throws IOException {
    return openForReading(path(name));
  }

  /** Opens a file for reading; a link in its place is an error. */
  static Store openForReading(Path path) throws IOException {
    return FileStore.open(path, StandardOpenOption.READ);
  }

  @Override
  public Store openForWriting(String name) throws IOException {
    return FileStore.open(path(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public MemorySegment mapForWriting(String name, int length, Arena arena) throws IOException {
    Path file = path(name);
    try (FileStore store =
        FileStore.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      store.write(ByteBuffer.allocate(length), 0);
      store.truncate(length);
      return FileStore.mapForWriting(file, length, arena);
    } catch (IOException e) {
      delete(name);
      throw e;
    }
  }

  @Override
  public boolean reserve(String name, long bytes) throws IOException {
    return Reservation.take(path(name), bytes);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public void sync() throws IOException {
    syncDirectory(directory);
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(directory, Set.of(StandardOpenOption.READ), new CallerThreadExecutor())) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.release();
    }
  }
}
