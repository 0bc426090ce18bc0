package io.bitkv.tests.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValue;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.tests.model.Bytes;
import io.bitkv.tests.model.Directories;
import io.bitkv.tests.model.OpenFiles;
import io.bitkv.tests.model.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * One byte of a closed store is another: the store is refused, with file and place named, unless the byte says nothing that is not known
 * otherwise; or it is opened without what was damaged, if the options say so.
 */
class DamageProperties {

  private static final StoreOptions OPTIONS =
      StoreOptions.defaults()
          .withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES)
          .withSyncPolicy(SyncPolicy.always())
          .withMerges(MergeOptions.defaults().withEnabled(false));

  /** Where a byte is changed: in which of the segments and where in it, both in parts of a thousand, and which of its bits. */
  record Place(int segment, int offset, int mask) {}

  /** What a store held at the end, and what one must know of how it came about to judge it after some damage. */
  private static final class Past {
    private final Map<KeyRef, Long> lastWrittenIn = new HashMap<>();
    private final Map<KeyRef, Set<String>> everHeld = new HashMap<>();
    private State end = State.EMPTY;

    void note(EmbeddedStore store) {
      State now = State.ofKeys(store, Space.REFS);
      long segment = store.stats().segments().getLast().id();
      for (KeyRef ref : Space.REFS) {
        KeyValue before = end.entries().get(ref);
        KeyValue after = now.entries().get(ref);
        if (before == null ? after != null : !before.equals(after)) {
          lastWrittenIn.put(ref, segment);
          everHeld.computeIfAbsent(ref, absent -> new HashSet<>()).add(after == null ? "absent" : Bytes.show(after.value()));
        }
      }
      end = now;
    }
  }

  @Provide
  Arbitrary<List<Step.Write>> writes() {
    return Histories.writesOnly();
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void damagedStoreIsRefusedAndLeftAsItIsUnlessNothingIsLost(
      @ForAll("writes") List<Step.Write> writes, @ForAll @IntRange(max = 999) int segment,
      @ForAll @IntRange(max = 999) int offset, @ForAll @IntRange(min = 1, max = 255) int mask) {
    Directories.inFresh("damage", root -> refuse(root.resolve("store"), writes, new Place(segment, offset, mask)));
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void quarantineKeepsWhatIsWholeAndInventsNothing(
      @ForAll("writes") List<Step.Write> writes, @ForAll @IntRange(max = 999) int segment,
      @ForAll @IntRange(max = 999) int offset, @ForAll @IntRange(min = 1, max = 255) int mask) {
    Directories.inFresh("damage", root -> quarantine(root.resolve("store"), writes, new Place(segment, offset, mask)));
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void quarantineInventsNothingManyTimes(
      @ForAll("writes") List<Step.Write> writes, @ForAll @IntRange(max = 999) int segment,
      @ForAll @IntRange(max = 999) int offset, @ForAll @IntRange(min = 1, max = 255) int mask) {
    Directories.inFresh("damage", root -> refuse(root.resolve("refused"), writes, new Place(segment, offset, mask)));
    Directories.inFresh("damage", root -> quarantine(root.resolve("store"), writes, new Place(segment, offset, mask)));
  }

  private static void refuse(Path directory, List<Step.Write> writes, Place place) throws IOException {
    Past past = write(directory, writes);
    Path damaged = damage(directory, place);
    Map<String, String> before = contents(directory);
    try (EmbeddedStore store = KeyValueStore.open(directory, OPTIONS)) {
      assertEquals(past.end.contentWithVersions(), State.of(store).contentWithVersions(), "with the damaged byte, and without");
      return;
    } catch (StoreCorruptException e) {
      assertEquals(damaged, e.file());
      assertTrue(e.offset() <= Files.size(damaged), e::getMessage);
    }
    assertEquals(before, contents(directory), "the files before the refusal, and after it");
    OpenFiles.assertNoneIn(directory);
  }

  private static void quarantine(Path directory, List<Step.Write> writes, Place place) throws IOException {
    Past past = write(directory, writes);
    long damaged = id(damage(directory, place));
    State first;
    StoreOptions options = OPTIONS.withOnDamage(StoreOptions.OnDamage.QUARANTINE);
    try (EmbeddedStore store = KeyValueStore.open(directory, options)) {
      first = State.ofKeys(store, Space.REFS);
      Space.REFS.forEach(ref -> judge(ref, first.entries().get(ref), past, damaged));
      assertEquals(first.contentWithVersions(), State.of(store).contentWithVersions(), "read by key, and scanned");
      store.put(Bytes.bytes("later"), Bytes.bytes("value"));
      store.delete(Bytes.bytes("later"));
    }
    try (EmbeddedStore again = KeyValueStore.open(directory, options)) {
      assertEquals(first.contentWithVersions(), State.of(again).contentWithVersions(), "the first opening, and the second");
    }
  }

  /**
   * A key that was last written elsewhere is as it was; one that was last written in the damaged segment holds something it once held. Of
   * a named keyspace the name may be lost, and with it the way to all of its keys.
   */
  private static void judge(KeyRef ref, KeyValue held, Past past, long damaged) {
    String found = held == null ? "absent" : Bytes.show(held.value());
    KeyValue last = past.end.entries().get(ref);
    String expected = last == null ? "absent" : Bytes.show(last.value());
    boolean mayBeLost = Long.valueOf(damaged).equals(past.lastWrittenIn.get(ref)) || ref.keyspace() instanceof KeyspaceId.Named;
    if (!mayBeLost) {
      assertEquals(expected, found, () -> "key " + Bytes.show(ref.key()) + " of " + ref.keyspace() + ", which lies elsewhere");
    } else if (held != null) {
      assertTrue(past.everHeld.get(ref).contains(found), () -> "key " + Bytes.show(ref.key()) + " holds what was never written to it");
    }
  }

  private static Past write(Path directory, List<Step.Write> writes) {
    Past past = new Past();
    try (EmbeddedStore store = KeyValueStore.open(directory, OPTIONS)) {
      store.clear();
      for (Step.Write write : writes) {
        Writes.write(store, write);
        past.note(store);
      }
    }
    return past;
  }

  private static Path damage(Path directory, Place place) throws IOException {
    List<Path> segments = Directories.files(directory).stream().filter(file -> file.toString().endsWith(".data")).toList();
    Path segment = segments.get(segments.size() * place.segment() / Damage.WHOLE);
    Directories.flip(segment, Files.size(segment) * place.offset() / Damage.WHOLE, place.mask());
    return segment;
  }

  private static long id(Path segment) {
    return Long.parseLong(segment.getFileName().toString().substring(0, 10));
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : Directories.files(directory)) {
      if (!file.endsWith("LOCK")) {
        contents.put(file.getFileName().toString(), Bytes.show(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
