package io.bitkv.engine;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.StoreIoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory that a store is made in: it must be empty at first, and is left as it was if the making fails. */
final class NewDirectory implements AutoCloseable {
  private final Path path;
  private final boolean wasThere;
  private final Disk disk;
  private boolean isKept;

  private NewDirectory(Path path, boolean wasThere) {
    this.path = path;
    this.wasThere = wasThere;
    disk = FileDisk.open(path);
  }

  /**
   * Takes a directory.
   *
   * @param target where it is; made if only its parent exists
   * @param source a directory that must not change
   * @throws InvalidOptionException if there is something in it, or it lies within the source
   */
  static NewDirectory make(Path target, Path source) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    if (absolute.startsWith(source.toAbsolutePath().normalize())) {
      throw new InvalidOptionException(absolute + " lies within " + source + ", which must not change; choose another directory");
    }
    boolean wasThere = Files.isDirectory(absolute);
    if (wasThere) {
      try (Stream<Path> files = Files.list(absolute)) {
        if (files.findAny().isPresent()) {
          throw new InvalidOptionException(absolute + " is not empty; choose a directory that is, or a new one");
        }
      }
    }
    return new NewDirectory(absolute, wasThere);
  }

  /** The directory, held. */
  Disk disk() {
    return disk;
  }

  /** Has everything that was made in it survive a loss of power, and stay. */
  void keep() throws IOException {
    disk.sync();
    isKept = true;
  }

  /** Gives the directory up; removes what was made in it unless that is to be kept. */
  @Override
  public void close() {
    disk.close();
    if (isKept) {
      return;
    }
    try {
      for (Disk.Found found : FileDisk.list(path)) {
        Files.deleteIfExists(path.resolve(found.name()));
      }
      if (!wasThere) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new StoreIoException("what was begun in " + path + " could not be removed: " + IoFailures.describe(e), e);
    }
  }
}
