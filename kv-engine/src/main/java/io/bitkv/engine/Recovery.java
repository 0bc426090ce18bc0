package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Opens what a store left behind, after a clean close or a crash.
 *
 * <p>It reads and checks everything, and changes nothing but that it moves what the staging file holds to the newest segment: what is
 * refused stays as it was. Then it removes unfinished files, cuts a torn tail, and seals the newest segment if that is not sealed, so that
 * the log goes on in a new one. Each of its steps may be cut off by a crash and is done again by the next opening. Where the store is only
 * to be read, nothing is changed at all.
 *
 * <p>What {@link DirectoriesLoader} need not read is not read, so damage there is found by whoever reads an entry, or verifies the store.
 */
final class Recovery {
  /** What was recovered: the keyspaces, and where the log goes on. */
  record Recovered(KeyspaceTable keyspaces, Segments.Start start) {}

  private final Segments.Parts parts;
  private final StoreOptions options;
  private final StripeLocks locks;
  private final Damage damage;
  private final SegmentFiles segments;
  private SegmentFiles.Unsealed newest;

  private Recovery(Segments.Parts parts, StoreOptions options, StripeLocks locks) {
    this.parts = parts;
    this.options = options;
    this.locks = locks;
    damage = new Damage(options.onDamage(), parts.disk(), parts.events());
    segments = new SegmentFiles(parts.disk(), parts.table());
  }

  /** Recovers a store; fills the table of segments that is handed in. Closes everything again if that fails. */
  static Recovered recover(Segments.Parts parts, StoreOptions options, StripeLocks locks) throws IOException {
    Flight.Span<Flight.Recovery> span = Flight.begin(Flight.Recovery::new);
    try {
      Recovered recovered = new Recovery(parts, options, locks).run();
      span.end(
          parts.disk().directory(),
          event -> {
            event.segments = parts.table().all().size();
            event.keys = recovered.keyspaces.all().stream().mapToLong(keyspace -> keyspace.directory().size()).sum();
          });
      return recovered;
    } catch (Throwable e) {
      parts.table().close(e);
      parts.housekeeper().close();
      throw e;
    }
  }

  private Recovered run() throws IOException {
    StagingImage staging = StagingImage.of(parts.disk());
    FoundFiles files = FoundFiles.in(parts.disk(), parts.events());
    TreeMap<Integer, SegmentProbe> probes = probe(files);
    long storeId = storeId(probes);
    List<SegmentProbe> superseded = Superseded.in(probes.values());
    superseded.forEach(probe -> probes.remove(probe.header().segmentId()));
    SegmentLoader.Newest unopened = null;
    for (Map.Entry<Integer, SegmentProbe> probe : probes.entrySet()) {
      boolean isNewest = newestAppended(probes) == probe.getKey();
      if (isNewest && !probe.getValue().isSealed()) {
        unopened = visitor -> openNewest(probe.getValue(), staging, visitor);
      } else {
        open(probe.getValue(), isNewest);
      }
    }
    DirectoriesLoader.Loaded loaded = new DirectoriesLoader(parts, options, locks, damage).load(files, storeId, unopened);
    KeyspaceTable keyspaces = loaded.keyspaces();
    long lastSequence = checkCoverage(loaded.greatest(), probes);
    nameKeyspaces(keyspaces);
    if (!options.isReadOnly()) {
      clean(files);
      remove(superseded);
    }
    parts.table().serve(Advice.SMALL_BYTES, Advice::cacheBytes);
    return new Recovered(keyspaces, new Segments.Start(storeId, files.nextId(), lastSequence, files.reserveBytes()));
  }

  private TreeMap<Integer, SegmentProbe> probe(FoundFiles files) throws IOException {
    TreeMap<Integer, SegmentProbe> probes = new TreeMap<>();
    for (int id : files.segments().keySet()) {
      SegmentProbe probe = SegmentProbe.of(parts.disk(), id, damage);
      if (probe != null) {
        probes.put(id, probe);
      }
    }
    return probes;
  }

  /** The number that all segments share; a new one at random if there are none. */
  private long storeId(TreeMap<Integer, SegmentProbe> probes) {
    if (probes.isEmpty()) {
      return new SecureRandom().nextLong();
    }
    long storeId = probes.firstEntry().getValue().header().storeId();
    probes
        .entrySet()
        .removeIf(
            probe -> {
              boolean isForeign = probe.getValue().header().storeId() != storeId;
              if (isForeign) {
                damage.found(parts.disk().path(FileNames.segment(probe.getKey())), 0, "it belongs to another store");
              }
              return isForeign;
            });
    return storeId;
  }

  /** The id of the segment that was appended to last: the only one that may lack its footer. 0 if there is none. */
  static int newestAppended(TreeMap<Integer, SegmentProbe> probes) {
    return probes.descendingMap().entrySet().stream()
        .filter(probe -> probe.getValue().header().origin() == SegmentHeader.Origin.APPENDED)
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /**
   * Adds a segment to the table that should be sealed. The footer of the newest is perhaps not on stable storage yet, as the process may
   * have ended while it was synced.
   */
  private void open(SegmentProbe probe, boolean isNewest) throws IOException {
    String name = FileNames.segment(probe.header().segmentId());
    Store store = isNewest ? parts.disk().openForWriting(name) : parts.disk().openForReading(name);
    long end = probe.isSealed() ? probe.footer().dataEnd() : Math.min(probe.bytes(), SegmentHeader.MAX_DATA_END);
    Segment segment = segments.add(probe.header(), store, end);
    if (!probe.isSealed()) {
      damage.found(segment.path(), probe.bytes(), "its footer is bad or missing, and it is not the newest segment");
    }
    if (isNewest && !options.isReadOnly()) {
      segment.sync();
    }
    segment.sealed(probe.footer());
  }

  /** Opens the newest segment, which is not sealed. */
  private SegmentFiles.Unsealed openNewest(SegmentProbe probe, StagingImage staging, TailRule.Visitor visitor) throws IOException {
    StagingReplay replay = new StagingReplay(segments, staging, damage);
    newest = options.isReadOnly() ? replay.show(probe, visitor) : replay.write(probe, visitor);
    return newest;
  }

  private long checkCoverage(ToLongFunction<Segment> greatest, TreeMap<Integer, SegmentProbe> probes) {
    Coverage coverage = new Coverage();
    long lastSequence = 0;
    for (Segment segment : parts.table().all()) {
      SegmentFooter footer = probes.get(segment.id()).footer();
      long last = Math.max(greatest.applyAsLong(segment), footer == null ? 0 : Coverage.last(segment.header(), footer));
      coverage.add(new Coverage.Range(segment.path(), segment.id(), segment.header().baseSequence(), last));
      lastSequence = Math.max(lastSequence, last);
    }
    coverage.check(damage);
    return lastSequence;
  }

  private void nameKeyspaces(KeyspaceTable keyspaces) {
    KeyspaceState system = keyspaces.system();
    EntryReader reader = new EntryReader(parts.table(), parts.gate());
    for (long cursor = 0; ; ) {
      Locations met = new Locations();
      cursor = system.directory().scan(cursor, 1, met::add);
      for (int i = 0; i < met.size(); i++) {
        reader.load(met.get(i));
        keyspaces.name(KeyspaceTable.name(reader.key()), KeyspaceTable.number(reader.value()));
      }
      if (cursor == 0) {
        break;
      }
    }
    for (KeyspaceState keyspace : keyspaces.nameless()) {
      parts.events().emit(new StoreListener.Warning(
          parts.disk().directory(), "the name of keyspace " + keyspace.number() + " is lost; its keys cannot be reached"));
    }
  }

  /** Everything that recovery changes on the disk. */
  private void clean(FoundFiles files) throws IOException {
    if (files.hasImage()) {
      parts.disk().delete(FileNames.SNAPSHOT);
    }
    for (String temporary : files.temporaries()) {
      parts.disk().delete(temporary);
    }
    for (int id : files.hints()) {
      if (!files.segments().containsKey(id)) {
        parts.disk().delete(FileNames.hint(id));
      }
    }
    damage.keepCopies();
    if (newest != null) {
      keepTorn(newest);
      Segment segment = newest.segment();
      segment.rollBack();
      segment.seal();
      parts.housekeeper().writeHints(segment);
      parts.events().emit(new StoreListener.Sealed(segment.id(), segment.end() + SegmentFooter.LENGTH));
    }
  }

  /** Ends the work of merges that were cut off when they removed their inputs, the oldest first. */
  private void remove(List<SegmentProbe> superseded) throws IOException {
    if (!superseded.isEmpty()) {
      parts.disk().sync();
    }
    for (SegmentProbe probe : superseded) {
      parts.disk().delete(FileNames.hint(probe.header().segmentId()));
      parts.disk().delete(FileNames.segment(probe.header().segmentId()));
      parts.disk().sync();
    }
  }

  /** Keeps the bytes behind the end beside the segment, unless they are zeros: then nothing was ever written there. */
  private void keepTorn(SegmentFiles.Unsealed unsealed) throws IOException {
    Segment segment = unsealed.segment();
    String name = segment.path().getFileName().toString();
    try (Store store = parts.disk().openForReading(name)) {
      TornTail tail = unsealed.tail(store);
      if (tail.hasContent()) {
        tail.keep(parts.disk(), name);
        parts.events().emit(new StoreListener.TornTail(segment.path(), segment.end(), unsealed.bytes() - segment.end()));
      }
    }
  }
}
