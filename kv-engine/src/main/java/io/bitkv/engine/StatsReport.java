package io.bitkv.engine;

import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreStats;
import io.bitkv.codec.entry.SegmentFooter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers a store's figures. */
record StatsReport(KeyspaceTable keyspaces, Segments segments, SyncScheduler sync, Merger merger, WriteGate gate) {

  StoreStats make() {
    Map<KeyspaceId, StoreStats.KeyspaceStats> byId = new HashMap<>();
    long directoryBytes = keyspaces.system().directory().memoryBytes();
    for (Map.Entry<KeyspaceId, KeyspaceState> keyspace : keyspaces.byId().entrySet()) {
      KeyDirectory directory = keyspace.getValue().directory();
      directoryBytes += directory.memoryBytes();
      if (directory.size() > 0) {
        byId.put(keyspace.getKey(), new StoreStats.KeyspaceStats(directory.size(), directory.expiringCount()));
      }
    }
    List<StoreStats.SegmentStats> bySegment = segments.table().all().stream().map(StatsReport::segment).toList();
    long durable = sync.durableSequence();
    return new StoreStats(byId, bySegment, merger.stats(), sync.stats(), directoryBytes, segments.lastSequence(), durable, gate.health());
  }

  private static StoreStats.SegmentStats segment(Segment segment) {
    long bytes = segment.end() + (segment.isSealed() ? SegmentFooter.LENGTH : 0);
    return new StoreStats.SegmentStats(segment.id(), bytes, segment.live().sum(), segment.isSealed());
  }
}
