package io.bitkv.engine;

import io.bitkv.api.BackupReport;
import io.bitkv.api.ImportReport;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Progress;
import io.bitkv.api.RepairReport;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreTools;
import io.bitkv.api.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The tools of the Bitcask engine. */
final class KVStoreTools implements StoreTools {

  @Override
  public VerifyReport verify(Path directory, Progress progress) {
    Objects.requireNonNull(progress, "progress");
    try (Disk disk = ReadOnlyDisk.open(BackupDirectory.newestOrItself(directory));
        Survey survey = Survey.of(disk)) {
      return new Inspector(survey, progress).inspect();
    } catch (IOException e) {
      throw new StoreIoException("cannot verify " + directory + ": " + IoFailures.describe(e), e);
    }
  }

  @Override
  public RepairReport repair(Path damaged, Path target, Doubtful doubtful, Progress progress) {
    Objects.requireNonNull(doubtful, "doubtful");
    Objects.requireNonNull(progress, "progress");
    try (Disk disk = ReadOnlyDisk.open(damaged);
        Survey survey = Survey.of(disk);
        NewDirectory made = NewDirectory.make(target, disk.directory())) {
      RepairReport report = new Repair(survey, made.disk(), doubtful, progress).run();
      made.keep();
      return report;
    } catch (IOException e) {
      throw new StoreIoException("cannot repair " + damaged + " into " + target + ": " + IoFailures.describe(e), e);
    }
  }

  @Override
  public ImportReport importSeed(Path source, Path target, Progress progress) {
    Objects.requireNonNull(progress, "progress");
    try (Disk disk = ReadOnlyDisk.open(source)) {
      SeedImport files = SeedImport.from(disk.directory(), progress);
      try (NewDirectory made = NewDirectory.make(target, disk.directory())) {
        ImportReport report = files.into(made.disk());
        made.keep();
        return report;
      }
    } catch (IOException e) {
      throw new StoreIoException("cannot import " + source + " into " + target + ": " + IoFailures.describe(e), e);
    }
  }

  @Override
  public BackupReport backup(Path store, Path target, Progress progress) {
    Objects.requireNonNull(progress, "progress");
    Path absolute = target.toAbsolutePath().normalize();
    try (Disk disk = ReadOnlyDisk.open(store)) {
      if (absolute.startsWith(disk.directory())) {
        throw new InvalidOptionException(absolute + " lies within the store; choose another directory for its backups");
      }
      try (BackupDirectory backups = BackupDirectory.open(absolute);
          Survey survey = Survey.of(disk)) {
        return Backup.make(survey, backups, progress);
      }
    } catch (IOException e) {
      throw new StoreIoException("cannot back up " + store + " to " + target + ": " + IoFailures.describe(e), e);
    }
  }

  @Override
  public BackupReport restore(Path backup, Path target, Progress progress) {
    Objects.requireNonNull(progress, "progress");
    try (Disk disk = ReadOnlyDisk.open(BackupDirectory.newestOrItself(backup));
        Survey survey = Survey.of(disk);
        NewDirectory made = NewDirectory.make(target, backup)) {
      BackupReport report = Restore.run(survey, made.disk(), progress);
      made.keep();
      return report;
    } catch (IOException e) {
      throw new StoreIoException("cannot restore " + backup + " into " + target + ": " + IoFailures.describe(e), e);
    }
  }
}
