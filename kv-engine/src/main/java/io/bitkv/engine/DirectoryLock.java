package io.bitkv.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bitkv.api.StoreLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hold of one store on its directory: a lock on the file {@code LOCK} against other processes, and an entry in a list of this
 * process against its own stores.
 *
 * <p>The operating system forgets the lock of a file as soon as any channel of this process on that file is closed. So the list is asked
 * first, the file is never opened twice, and the directory is known by its inode, whatever path leads to it. Should other code of this
 * process read the file, and so lose the lock, there is a second line: the file names the process, and while that very process runs
 * nobody else takes its directory. A file that a process left behind when it was killed means nothing, and neither does one in a copy of a
 * directory that is in use.
 */
final class DirectoryLock {
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object directory;
  private final AsynchronousFileChannel channel;

  private DirectoryLock(Object directory, AsynchronousFileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes hold of a directory.
   *
   * @throws StoreLockedException if another store holds it
   * @throws IOException if the file system refuses
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    Object identity = identity(directory.toRealPath());
    if (!HELD.add(identity)) {
      throw new StoreLockedException(directory, LockRecord.describeOwn());
    }
    try {
      return new DirectoryLock(identity, lock(directory));
    } catch (Throwable e) {
      HELD.remove(identity);
      throw e;
    }
  }

  /** What tells a file from all others: its inode where there are such, else its path. */
  private static Object identity(Path file) throws IOException {
    return inode(file).map(Object.class::cast).orElse(file);
  }

  private static Optional<String> inode(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return Optional.ofNullable(key).map(Object::toString);
  }

  private static AsynchronousFileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve(FileNames.LOCK);
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // A store was here before.
    }
    Optional<String> inode = inode(file);
    AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(
            file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            new CallerThreadExecutor());
    try {
      FileLock lock = channel.tryLock();
      Optional<LockRecord> holder = holder(channel);
      boolean isHeld = holder.isPresent() && holder.get().holds(inode);
      if (lock == null || isHeld || !inode(file).equals(inode)) {
        throw new StoreLockedException(directory, holder.map(LockRecord::describe).orElse("another process"));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(LockRecord.own(inode).toString().getBytes(UTF_8)), 0).resultNow();
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new StoreLockedException(directory, LockRecord.describeOwn());
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<LockRecord> holder(AsynchronousFileChannel channel) {
    ByteBuffer text = ByteBuffer.allocate(LockRecord.MAX_LENGTH);
    channel.read(text, 0).resultNow();
    return LockRecord.parse(new String(text.array(), 0, text.position(), UTF_8));
  }

  /** Lets the directory go. Releasing again does nothing. */
  void release() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      // The system releases the lock of a descriptor that it could not close cleanly.
    }
    HELD.remove(directory);
  }
}
