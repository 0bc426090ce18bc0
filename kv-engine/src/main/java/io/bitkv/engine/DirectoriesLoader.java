package io.bitkv.engine;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * Fills the key directories when a store is opened, the fastest way there is: from the file that a clean close left, else from hint files,
 * else from the segments themselves.
 *
 * <p>The segments are read where damage is to be passed over, which wants to be known in whole, and where the directory keeps the keys,
 * which are in no other file: to fetch them one by one would read the same pages.
 */
final class DirectoriesLoader {
  /** What was loaded: the keyspaces, and the greatest sequence number that was met in each segment, as far as it was read. */
  record Loaded(KeyspaceTable keyspaces, ToLongFunction<Segment> greatest) {}

  private final Segments.Parts parts;
  private final StoreOptions options;
  private final StripeLocks locks;
  private final Damage damage;

  DirectoriesLoader(Segments.Parts parts, StoreOptions options, StripeLocks locks, Damage damage) {
    this.parts = parts;
    this.options = options;
    this.locks = locks;
    this.damage = damage;
  }

  /**
   * Loads the keys of all segments: those in the table, and the newest, if that is yet to be opened and not null. The image of a clean close
   * is of no use beside a segment that was not sealed, but that is for its reader to say, who is shown all of them.
   */
  Loaded load(FoundFiles files, long storeId, SegmentLoader.Newest newest) throws IOException {
    boolean isFast = options.directoryKind() == DirectoryKind.COMPACT && options.onDamage() == StoreOptions.OnDamage.REFUSE;
    SegmentLoader.Newest unopened = newest;
    if (isFast && files.hasImage()) {
      if (newest != null) {
        newest.open((segment, scanner) -> {});
        unopened = null;
      }
      KeyspaceTable keyspaces = new KeyspaceTable(storeId, locks, options.directoryKind());
      if (readImage(keyspaces)) {
        parts.table().all().stream().filter(segment -> !files.hints().contains(segment.id())).forEach(parts.housekeeper()::writeHints);
        return new Loaded(keyspaces, segment -> 0);
      }
      keyspaces.close();
    }
    KeyspaceTable keyspaces = new KeyspaceTable(storeId, locks, options.directoryKind());
    try (LogLoader loader = new LogLoader(keyspaces, new SegmentLoader.Source(parts, damage, isFast))) {
      loader.load(unopened);
      return new Loaded(keyspaces, loader::lastSequence);
    }
  }

  private boolean readImage(KeyspaceTable keyspaces) {
    try {
      new DirectoryImageReader(parts.disk(), parts.table(), keyspaces).read();
      return true;
    } catch (IOException e) {
      String detail = "ignored, the hint files are read instead: " + IoFailures.describe(e);
      parts.events().emit(new StoreListener.Warning(parts.disk().path(FileNames.SNAPSHOT), detail));
      return false;
    }
  }
}
