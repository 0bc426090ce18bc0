package io.bitkv.tests.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats.SegmentStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.tests.model.Directories;
import io.bitkv.tests.model.ManualClock;
import io.bitkv.tests.model.ModelStore;
import io.bitkv.tests.model.OpenFiles;
import io.bitkv.tests.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A store and the model of it, taking the same steps. After each step both must hold the same; after a restart the store must hold what
 * it held before, or, when unsynced bytes were damaged, what it held after one of the steps that the damage leaves possible.
 */
final class Machine implements AutoCloseable {

  /** Where the log's bytes end: in the segment that is written to, or else the last one. */
  private record Position(long segment, long end, boolean isSealed) {
    boolean isWithin(long damagedSegment, long intactBytes) {
      return segment < damagedSegment || segment == damagedSegment && end <= intactBytes;
    }
  }

  /** What the store held after a step, and where its log ended then. */
  private record Mark(Position position, State state) {}

  /** The segment header, which is durable before the first entry is written. */
  private static final long HEADER_BYTES = 64;

  private final ManualClock clock = new ManualClock();
  private final Path root;
  private final List<Mark> marks = new ArrayList<>();
  private int generation;
  private Path directory;
  private EmbeddedStore store;
  private ModelStore model;
  private Position synced = new Position(0, 0, true);

  Machine(Path root) {
    this.root = root;
    directory = root.resolve("0");
    model = new ModelStore(directory, clock);
    open(DirectoryKind.COMPACT);
  }

  void take(Step step) throws IOException {
    switch (step) {
      case Step.Write write -> assertEquals(Writes.write(model, write), Writes.write(store, write), "what the write did");
      case Step.Batch batch -> assertEquals(Writes.commit(model, batch), Writes.commit(store, batch), "what the batch did");
      case Step.Transaction body -> assertEquals(Writes.transact(model, body), Writes.transact(store, body), "what each write did");
      case Step.Aborted body -> assertEquals(Writes.abort(model, body), Writes.abort(store, body), "that the body threw");
      case Step.Advance advance -> clock.advance(advance.millis());
      case Step.Sync sync -> sync();
      case Step.Merge merge -> merge(merge.isForced());
      case Step.Reopen reopen -> reopen(reopen.kind());
      case Step.Crash crash -> crash(crash.kind());
      case Step.PowerLoss loss -> losePower(loss.kind(), loss.damage());
    }
    mark();
  }

  /** Opens the store once more, and checks that what it holds is still the same and that it left nothing behind. */
  void finish() throws IOException {
    reopen(DirectoryKind.ORDERED);
    mark();
    reopen(DirectoryKind.HEAP);
    mark();
  }

  @Override
  public void close() {
    store.close();
  }

  private void open(DirectoryKind kind) {
    StoreOptions options =
        StoreOptions.defaults()
            .withSyncPolicy(SyncPolicy.never())
            .withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES)
            .withDirectoryKind(kind)
            .withMerges(MergeOptions.defaults().withEnabled(false))
            .withClock(clock);
    store = KeyValueStore.open(directory, options);
    synced = position();
  }

  /** Compares the store with the model, and notes what it holds. */
  private void mark() {
    State state = State.ofKeys(store, Space.REFS);
    assertEquals(State.ofKeys(model, Space.REFS).content(), state.content(), "the model, and the store");
    marks.add(new Mark(position(), state));
  }

  /** What the store holds by its scans and figures, which must agree with the reads of single keys. */
  private State scanned() {
    State scanned = State.of(store);
    assertEquals(State.ofKeys(store, Space.REFS).contentWithVersions(), scanned.contentWithVersions(), "read by key, and scanned");
    for (KeyRef ref : Space.REFS) {
      assertEquals(scanned.entries().containsKey(ref), store.keyspace(ref.keyspace()).contains(ref.key()), "scanned, and contained");
    }
    return scanned;
  }

  private State lastState() {
    return marks.isEmpty() ? State.EMPTY : marks.getLast().state().at(clock.millis());
  }

  private void sync() {
    store.sync();
    synced = position();
  }

  /** Merges; a merge has everything before it on stable storage. */
  private void merge(boolean isForced) {
    if (store.merges().run(isForced).merges() > 0) {
      synced = position();
    }
  }

  private void reopen(DirectoryKind kind) throws IOException {
    store.close();
    OpenFiles.assertNoneIn(directory);
    open(kind);
    assertNothingLost();
  }

  private void assertNothingLost() {
    assertEquals(lastState().contentWithVersions(), scanned().contentWithVersions(), "before the restart, and after it");
    marks.clear();
  }

  private void crash(DirectoryKind kind) throws IOException {
    goOnWithCopy();
    open(kind);
    assertNothingLost();
  }

  private void losePower(DirectoryKind kind, Damage damage) throws IOException {
    Position end = position();
    goOnWithCopy();
    long intact = end.end();
    if (!end.isSealed()) {
      Directories.unstage(directory, end.segment(), end.end());
      long from = synced.segment() == end.segment() ? synced.end() : HEADER_BYTES;
      intact = damage.apply(Directories.segment(directory, end.segment()), from, end.end());
    }
    open(kind);
    State recovered = scanned();
    assertTrue(possible(end.segment(), intact).contains(recovered), () -> describe(recovered));
    store.close();
    open(kind);
    assertEquals(recovered.contentWithVersions(), scanned().contentWithVersions(), "the first opening, and the second");
    model = new ModelStore(directory, clock);
    recovered.putInto(model);
    marks.clear();
  }

  /** What the store may hold when a segment is intact up to some byte: everything before it must be there, anything later may. */
  private List<State> possible(long segment, long intactBytes) {
    int least = -1;
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).position().isWithin(segment, intactBytes)) {
        least = i;
      }
    }
    List<State> possible = new ArrayList<>();
    if (least < 0) {
      possible.add(State.EMPTY);
    }
    marks.subList(Math.max(least, 0), marks.size()).forEach(mark -> possible.add(mark.state().at(clock.millis())));
    return possible;
  }

  private String describe(State recovered) {
    StringBuilder text = new StringBuilder("the store holds what it held after no step that the damage leaves possible: ");
    text.append(recovered.contentWithVersions());
    marks.forEach(mark -> text.append("\n  ").append(mark.position()).append(' ').append(mark.state().contentWithVersions()));
    return text.toString();
  }

  /** Leaves the open store behind, as if its process had died, and turns to a copy of its files. */
  private void goOnWithCopy() throws IOException {
    Path copy = root.resolve(Integer.toString(++generation));
    Directories.copyOpenStore(directory, copy);
    store.close();
    OpenFiles.assertNoneIn(directory);
    Directories.delete(directory);
    directory = copy;
  }

  private Position position() {
    List<SegmentStats> segments = store.stats().segments();
    if (segments.isEmpty()) {
      return new Position(0, 0, true);
    }
    SegmentStats last = segments.stream().filter(segment -> !segment.isSealed()).findFirst().orElse(segments.getLast());
    return new Position(last.id(), last.fileBytes(), last.isSealed());
  }
}
