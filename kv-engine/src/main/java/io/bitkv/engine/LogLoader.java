package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Fills the key directories of all keyspaces from the segments, several at a time. */
final class LogLoader implements AutoCloseable {
  /** The loading of one segment; tells its greatest sequence number. */
  private interface Load {
    Map.Entry<Segment, Long> by(SegmentLoader loader) throws IOException;
  }

  private final KeyspaceTable keyspaces;
  private final SegmentLoader.Source source;
  private final SegmentTable segments;
  private final Map<Integer, KeyspaceLoader> loaders = new ConcurrentHashMap<>();
  private final Map<Segment, Long> lastSequences = new ConcurrentHashMap<>();

  LogLoader(KeyspaceTable keyspaces, SegmentLoader.Source source) {
    this.keyspaces = keyspaces;
    this.source = source;
    segments = source.parts().table();
  }

  /**
   * Loads everything.
   *
   * @param newest the segment that is yet to be opened; null if all are. It is begun with, as it takes the longest
   */
  void load(SegmentLoader.Newest newest) throws IOException {
    ConcurrentLinkedQueue<Load> queue = new ConcurrentLinkedQueue<>();
    if (newest != null) {
      queue.add(loader -> loader.load(newest));
    }
    segments.all().forEach(segment -> queue.add(loader -> load(loader, segment)));
    List<Runnable> loads = new ArrayList<>();
    for (int i = 0; i < Math.min(Parallel.threads(), queue.size()); i++) {
      loads.add(() -> loadAll(queue));
    }
    try {
      Parallel.run(loads);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    build();
  }

  private void build() {
    List<Runnable> builds = new ArrayList<>();
    int stripes = keyspaces.locks().count();
    int share = stripes / Parallel.threads() + 1;
    for (KeyspaceLoader loader : loaders.values()) {
      for (int from = 0; from < stripes; from += share) {
        int first = from;
        builds.add(() -> loader.build(first, Math.min(stripes, first + share)));
      }
    }
    Parallel.run(builds);
  }

  private void loadAll(ConcurrentLinkedQueue<Load> queue) {
    SegmentLoader loader = new SegmentLoader(source, number -> loaders.computeIfAbsent(number, this::loader));
    for (Load load = queue.poll(); load != null; load = queue.poll()) {
      try {
        Map.Entry<Segment, Long> loaded = load.by(loader);
        lastSequences.put(loaded.getKey(), loaded.getValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Map.Entry<Segment, Long> load(SegmentLoader loader, Segment segment) {
    try {
      return Map.entry(segment, loader.load(segment));
    } catch (IOException e) {
      throw new StoreIoException("cannot read " + segment.path() + ": " + IoFailures.describe(e), e);
    }
  }

  private KeyspaceLoader loader(int number) {
    return new KeyspaceLoader(keyspaces.numbered(number), segments, source.damage());
  }

  /** The greatest sequence number that a segment holds, or the one before its base. */
  long lastSequence(Segment segment) {
    return lastSequences.get(segment);
  }

  @Override
  public void close() {
    loaders.values().forEach(KeyspaceLoader::close);
  }
}
