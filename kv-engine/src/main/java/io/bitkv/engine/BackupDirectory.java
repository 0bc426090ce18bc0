package io.bitkv.engine;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory that holds the backups of one store, each in a directory that is named by its last sequence number in 19 digits.
 *
 * <p>A backup is made under a temporary name and renamed when it is whole, so whatever has such a name is a backup.
 */
final class BackupDirectory implements AutoCloseable {
  private static final Pattern BACKUP = Pattern.compile("[0-9]{19}");
  private static final Pattern UNFINISHED = Pattern.compile("[0-9]{19}\\.tmp");

  private final FileDisk disk;

  private BackupDirectory(FileDisk disk) {
    this.disk = disk;
  }

  /**
   * Takes a directory to make a backup in; removes what an earlier one left unfinished.
   *
   * @throws InvalidOptionException if there is something else in it
   */
  static BackupDirectory open(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      for (Disk.Found found : FileDisk.list(directory)) {
        String name = found.name();
        if (!name.equals(FileNames.LOCK) && !BACKUP.matcher(name).matches() && !UNFINISHED.matcher(name).matches()) {
          throw new InvalidOptionException(directory + " holds " + name + ", which is no backup; choose a directory for backups alone");
        }
      }
    }
    BackupDirectory opened = new BackupDirectory(FileDisk.open(directory));
    try {
      for (Disk.Found found : opened.disk.list()) {
        if (UNFINISHED.matcher(found.name()).matches()) {
          remove(opened.disk.path(found.name()));
        }
      }
      return opened;
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
  }

  /** The newest backup in a directory; empty if there is none. */
  static Optional<Path> newest(Path directory) throws IOException {
    List<Path> backups = new ArrayList<>();
    for (Disk.Found found : FileDisk.list(directory)) {
      if (BACKUP.matcher(found.name()).matches()) {
        backups.add(directory.resolve(found.name()));
      }
    }
    return backups.stream().max(Comparator.comparing(backup -> backup.getFileName().toString()));
  }

  /** The newest backup in a directory, or the directory itself if that holds none. */
  static Path newestOrItself(Path directory) throws IOException {
    return Files.isDirectory(directory) ? newest(directory).orElse(directory) : directory;
  }

  /** The newest backup; empty if there is none. */
  Optional<Path> newest() throws IOException {
    return newest(disk.directory());
  }

  /** Whether a directory has the name of a backup. */
  static boolean isBackup(Path directory) {
    return BACKUP.matcher(directory.getFileName().toString()).matches();
  }

  /** The last sequence number in a backup. */
  static long sequence(Path backup) {
    return Long.parseLong(backup.getFileName().toString());
  }

  /** Where the backup with a last sequence number is to be. */
  Path path(long sequence) {
    return disk.path(String.format("%019d", sequence));
  }

  /** Makes the directory of an unfinished backup. */
  Path begin(long sequence) throws IOException {
    return Files.createDirectory(unfinished(sequence));
  }

  private Path unfinished(long sequence) {
    return disk.path(FileNames.temporary(String.format("%019d", sequence)));
  }

  /** Gives a backup its name, for good when this returns. */
  void publish(long sequence) throws IOException {
    disk.rename(unfinished(sequence).getFileName().toString(), path(sequence).getFileName().toString());
    disk.sync();
  }

  /** Removes an unfinished backup, as far as that is possible. */
  void discard(long sequence, Throwable failure) {
    try {
      remove(unfinished(sequence));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void remove(Path backup) throws IOException {
    for (Disk.Found found : FileDisk.list(backup)) {
      Files.deleteIfExists(backup.resolve(found.name()));
    }
    Files.deleteIfExists(backup);
  }

  @Override
  public void close() {
    disk.close();
  }
}
