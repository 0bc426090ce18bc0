package io.bitkv.engine;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One state of a log, opened for reading, and how many use it; it is closed when the last of them has ended. Safe for use by any thread.
 *
 * @param store the state
 * @param files what it was made from
 * @param users how many use it, the store that shows it among them; 0 once it is closed
 */
record ReadOnlyView(KVStore store, Files files, AtomicInteger users) {

  /**
   * The files of a log at one moment: they tell whether there is anything new.
   *
   * @param segments the segments, with their lengths
   * @param staging what is staged for the newest of them
   */
  record Files(Set<Disk.Found> segments, StagingImage staging) {
    static Files of(Disk disk) throws IOException {
      return new Files(ReadOnlyView.segments(disk), StagingImage.of(disk));
    }
  }

  ReadOnlyView(KVStore store, Files files) {
    this(store, files, new AtomicInteger(1));
  }

  /** The segments in a directory, with their lengths. */
  static Set<Disk.Found> segments(Disk disk) throws IOException {
    return disk.list().stream().filter(found -> FileNames.segmentId(found.name()).isPresent()).collect(Collectors.toUnmodifiableSet());
  }

  /** Begins to use the state; false if it has been closed. */
  boolean acquire() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Ends a use. When nobody is left, the memory of the key directories is given back with the files. */
  void release() {
    if (users.decrementAndGet() == 0) {
      store.close();
    }
  }
}
