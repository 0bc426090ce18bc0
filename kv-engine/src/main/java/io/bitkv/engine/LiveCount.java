package io.bitkv.engine;

import io.bitkv.api.DirectoryKind;
import io.bitkv.codec.entry.EntryHeader;
import java.util.HashMap;
import java.util.Map;

/** Counts the entries that reads can meet among those that a scan of all segments met: the newest of each key, if it has a value. */
final class LiveCount implements AutoCloseable {
  private record Target(KeyspaceLoader loader, DirectoryLoader.Lane lane) {}

  private final Survey survey;
  private final KeyspaceTable keyspaces;
  private final Map<Integer, Target> targets = new HashMap<>();

  LiveCount(Survey survey) {
    this.survey = survey;
    keyspaces = new KeyspaceTable(survey.storeId(), new StripeLocks(StripeLocks.DEFAULT_COUNT), DirectoryKind.COMPACT);
  }

  /** Takes a sound entry; tells the hash of its key, 0 where it has none. */
  long add(Segment segment, SegmentScanner scanner) {
    EntryHeader entry = scanner.header();
    Target target = targets.computeIfAbsent(entry.keyspace(), this::target);
    target.loader.add(target.lane, segment.id(), entry, scanner.window(), scanner.keyFrom());
    return switch (entry.kind()) {
      case PUT, TOMBSTONE -> keyspaces.numbered(entry.keyspace()).slice(scanner.window(), scanner.keyFrom(), entry.keyLength()).hash();
      case DROP_KEYSPACE -> 0;
    };
  }

  private Target target(int keyspace) {
    KeyspaceLoader loader = new KeyspaceLoader(keyspaces.numbered(keyspace), survey.table(), Survey.passive(survey.disk()));
    return new Target(loader, loader.lane());
  }

  /** Sorts the old from the new. */
  long count() {
    for (Target target : targets.values()) {
      target.loader.build(0, keyspaces.locks().count());
    }
    return keyspaces.all().stream().mapToLong(keyspace -> keyspace.directory().size()).sum();
  }

  @Override
  public void close() {
    targets.values().forEach(target -> target.loader.close());
    keyspaces.close();
  }
}
