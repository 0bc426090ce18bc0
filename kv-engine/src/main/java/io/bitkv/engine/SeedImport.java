package io.bitkv.engine;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.ImportReport;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what the program that this one descends from left behind into a new store, entry by entry in the order of writing. */
final class SeedImport {
  private static final StoreOptions OPTIONS =
      StoreOptions.defaults().withSyncPolicy(SyncPolicy.never()).withMerges(MergeOptions.defaults().withEnabled(false));

  private final List<Path> files;
  private final Progress progress;
  private final Findings findings = new Findings();
  private long entries;
  private long deletions;

  private SeedImport(List<Path> files, Progress progress) {
    this.files = files;
    this.progress = progress;
  }

  /** Finds the files of a directory. */
  static SeedImport from(Path source, Progress progress) throws IOException {
    List<Path> files = SeedFile.in(source);
    if (files.isEmpty()) {
      throw new InvalidOptionException("there is no file with a name like 1700000000_segment.data in " + source);
    }
    return new SeedImport(files, progress);
  }

  /** Fills a new store, which is on stable storage when this returns. */
  ImportReport into(Disk disk) throws IOException {
    long total = 0;
    for (Path file : files) {
      total += Files.size(file);
    }
    long done = 0;
    long keys;
    try (EmbeddedStore store = KVStore.open(disk, OPTIONS)) {
      for (Path path : files) {
        try (SeedFile file = SeedFile.open(path)) {
          read(file, store, done, total);
          done += file.size();
        }
      }
      keys = store.size();
    }
    return new ImportReport(disk.directory(), findings.all(), files.size(), entries, deletions, keys);
  }

  private void read(SeedFile file, EmbeddedStore store, long doneBefore, long total) throws IOException {
    while (true) {
      switch (file.next(Keyspace.MAX_KEY_BYTES, Keyspace.MAX_VALUE_BYTES)) {
        case ENTRY -> write(file, store);
        case TOO_LONG -> findings.damage(file.path(), file.offset(), file.resumesAt(), "its key or value is longer than a store takes; left out");
        case END -> {
          return;
        }
        case TORN -> {
          findings.torn(file.path(), file.offset(), file.size(), "the file ends within an entry; left out");
          return;
        }
        case BAD -> {
          findings.damage(file.path(), file.offset(), file.size(), "there is no entry, so that nothing behind it can be read either");
          return;
        }
      }
      progress.advanced("import " + file.path().getFileName(), Math.min(total, doneBefore + file.resumesAt()), total);
    }
  }

  private void write(SeedFile file, EmbeddedStore store) {
    entries++;
    if (file.isDeletion()) {
      deletions++;
      store.delete(file.key());
    } else {
      store.put(file.key(), file.value());
    }
  }
}
