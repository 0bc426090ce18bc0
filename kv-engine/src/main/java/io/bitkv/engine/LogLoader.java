package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Fills the key directories of all keyspaces from the segments, several at a time. */
final class LogLoader implements AutoCloseable {
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

  /** Loads everything. */
  void load() {
    ConcurrentLinkedQueue<Segment> queue = new ConcurrentLinkedQueue<>(segments.all());
    List<Runnable> scans = new ArrayList<>();
    for (int i = 0; i < Math.min(Parallel.threads(), queue.size()); i++) {
      scans.add(() -> loadAll(queue));
    }
    Parallel.run(scans);
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

  private void loadAll(ConcurrentLinkedQueue<Segment> queue) {
    SegmentLoader loader = new SegmentLoader(source, number -> loaders.computeIfAbsent(number, this::loader));
    for (Segment segment = queue.poll(); segment != null; segment = queue.poll()) {
      try {
        lastSequences.put(segment, loader.load(segment));
      } catch (IOException e) {
        throw new StoreIoException("cannot read " + segment.path() + ": " + IoFailures.describe(e), e);
      }
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
