package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import io.bitkv.codec.entry.EntryHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Fills the key directories of all keyspaces from the segments, several at a time. */
final class LogLoader implements AutoCloseable {
  private final KeyspaceTable keyspaces;
  private final SegmentTable segments;
  private final WriteGate gate;
  private final Damage damage;
  private final Map<Integer, KeyspaceLoader> loaders = new ConcurrentHashMap<>();
  private final Map<Segment, Long> lastSequences = new ConcurrentHashMap<>();

  LogLoader(KeyspaceTable keyspaces, SegmentTable segments, WriteGate gate, Damage damage) {
    this.keyspaces = keyspaces;
    this.segments = segments;
    this.gate = gate;
    this.damage = damage;
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
    Map<Integer, DirectoryLoader.Lane> lanes = new HashMap<>();
    for (Segment segment = queue.poll(); segment != null; segment = queue.poll()) {
      try {
        load(segment, lanes);
      } catch (IOException e) {
        throw new StoreIoException("cannot read " + segment.path() + ": " + IoFailures.describe(e), e);
      }
    }
  }

  private void load(Segment segment, Map<Integer, DirectoryLoader.Lane> lanes) throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    long batchFrom = 0;
    for (SegmentScanner.Step step = scanner.next(); step != SegmentScanner.Step.END; step = scanner.next()) {
      if (step == SegmentScanner.Step.BAD) {
        passOver(segment, scanner);
        batchFrom = 0;
      } else {
        add(segment, scanner, lanes);
        batchFrom = !scanner.header().batchContinues() ? 0 : batchFrom == 0 ? scanner.offset() : batchFrom;
      }
    }
    if (batchFrom != 0) {
      damage.found(segment.path(), batchFrom, "a batch is incomplete");
    }
    lastSequences.put(segment, scanner.lastSequence());
  }

  private void passOver(Segment segment, SegmentScanner scanner) throws IOException {
    long bad = scanner.offset();
    damage.found(segment.path(), bad, scanner.fault());
    if (!scanner.skip(0)) {
      scanner.resumeAt(segment.end());
    }
    damage.passedOver(segment, bad, scanner.resumesAt());
  }

  private void add(Segment segment, SegmentScanner scanner, Map<Integer, DirectoryLoader.Lane> lanes) {
    EntryHeader entry = scanner.header();
    segment.tally().add(entry);
    KeyspaceLoader loader = loaders.computeIfAbsent(entry.keyspace(), this::loader);
    DirectoryLoader.Lane lane = lanes.computeIfAbsent(entry.keyspace(), number -> loader.lane());
    loader.add(lane, segment.id(), entry, scanner.window(), scanner.keyFrom());
  }

  private KeyspaceLoader loader(int number) {
    return new KeyspaceLoader(keyspaces.numbered(number), segments, gate);
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
