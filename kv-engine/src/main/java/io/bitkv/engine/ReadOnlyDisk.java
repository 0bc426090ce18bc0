package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory of the file system that is only read. It takes no lock, so a store of another process may be at work in it: files may
 * appear, grow at their ends and go.
 */
final class ReadOnlyDisk implements Disk {
  private final Path directory;

  private ReadOnlyDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes a directory that is there.
   *
   * @throws StoreIoException if there is none
   */
  static ReadOnlyDisk open(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new StoreIoException("there is no directory " + absolute + "; name the directory of a store");
    }
    return new ReadOnlyDisk(absolute);
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public List<Found> list() throws IOException {
    return FileDisk.list(directory);
  }

  @Override
  public Store openForReading(String name) throws IOException {
    return FileDisk.openForReading(path(name));
  }

  /** Opens a file for reading alone: whoever only reads asks for no more. */
  @Override
  public Store openForWriting(String name) throws IOException {
    return openForReading(name);
  }

  @Override
  public Store create(String name) {
    throw readOnly(name);
  }

  @Override
  public void rename(String from, String to) {
    throw readOnly(from);
  }

  @Override
  public void delete(String name) {
    throw readOnly(name);
  }

  @Override
  public void sync() {
    throw readOnly("");
  }

  private IllegalStateException readOnly(String name) {
    return new IllegalStateException(path(name) + " is only to be read");
  }

  @Override
  public long usableBytes() {
    return 0;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
