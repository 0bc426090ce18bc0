package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The segments of a store, opened as far as they can be read, whatever is wrong with them. Nothing is written and nothing refused.
 *
 * <p>It follows the rules of {@link Recovery} where there is something to decide: which segment may be torn, and which ones a merge has
 * taken the place of. For one thread.
 */
final class Survey implements AutoCloseable {
  /** How often the files are listed anew because a store that is at work took one away meanwhile. */
  private static final int MOST_ROUNDS = 100;

  private final Disk disk;
  private final Findings findings = new Findings();
  private final SegmentTable table = new SegmentTable();
  private final TreeMap<Integer, SegmentProbe> probes = new TreeMap<>();
  private final Set<Integer> unreadable = new TreeSet<>();
  private final Set<String> hints = new TreeSet<>();
  private int newest;

  private Survey(Disk disk) {
    this.disk = disk;
  }

  /**
   * Opens what there is in a directory. Where a store is at work in it, a file may go before it is opened, and a list of files that is made
   * amid a merge may lack both its inputs and its output; then all is listed and opened anew.
   */
  static Survey of(Disk disk) throws IOException {
    for (int round = 1; ; round++) {
      Set<Disk.Found> files = ReadOnlyView.segments(disk);
      Survey survey = new Survey(disk);
      try {
        survey.open();
        if (survey.gaps(segment -> 0L).isEmpty() || round == MOST_ROUNDS || ReadOnlyView.segments(disk).equals(files)) {
          return survey;
        }
        survey.close();
      } catch (NoSuchFileException e) {
        survey.close();
        if (round == MOST_ROUNDS) {
          throw e;
        }
      } catch (Throwable e) {
        survey.close();
        throw e;
      }
    }
  }

  private void open() throws IOException {
    StagingImage staging = StagingImage.of(disk);
    LenientProbe lenient = new LenientProbe(disk, findings, unreadable);
    for (Disk.Found found : disk.list()) {
      if (FileNames.segmentId(found.name()).isPresent()) {
        SegmentProbe probe = lenient.of(found);
        if (probe != null) {
          probes.put(probe.header().segmentId(), probe);
        }
      } else if (FileNames.hintId(found.name()).isPresent()) {
        hints.add(found.name());
      } else if (FileNames.isTemporary(found.name())) {
        findings.note(disk.path(found.name()), "unfinished; the next opening removes it");
      } else if (!found.name().equals(FileNames.SNAPSHOT) && !FileNames.isAuxiliary(found.name())) {
        findings.note(disk.path(found.name()), "not a file of this store");
      }
    }
    dropForeign();
    for (SegmentProbe probe : Superseded.in(probes.values())) {
      int id = probe.header().segmentId();
      findings.note(disk.path(FileNames.segment(id)), "a merge has taken its place; the next opening removes it");
      probes.remove(id);
      hints.remove(FileNames.hint(id));
    }
    newest = Recovery.newestAppended(probes);
    for (Map.Entry<Integer, SegmentProbe> probe : probes.entrySet()) {
      if (probe.getKey() == newest && !probe.getValue().isSealed()) {
        probe.setValue(openUnsealed(probe.getValue(), staging));
      } else {
        open(probe.getValue());
      }
    }
  }

  /** Leaves out segments whose store is not that of most. */
  private void dropForeign() {
    Map<Long, Long> counts =
        probes.values().stream().collect(Collectors.groupingBy(probe -> probe.header().storeId(), TreeMap::new, Collectors.counting()));
    long storeId = counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(0L);
    probes
        .values()
        .removeIf(
            probe -> {
              boolean isForeign = probe.header().storeId() != storeId;
              if (isForeign) {
                String name = FileNames.segment(probe.header().segmentId());
                findings.damage(disk.path(name), 0, probe.bytes(), "it belongs to another store");
              }
              return isForeign;
            });
  }

  /** Opens the only segment that may be torn, with what is staged for it; tells what it is with that. */
  private SegmentProbe openUnsealed(SegmentProbe probe, StagingImage staging) throws IOException {
    StagingReplay replay = new StagingReplay(new SegmentFiles(disk, table), staging, passive(disk));
    SegmentFiles.Unsealed unsealed = replay.show(probe, (segment, scanner) -> {});
    boolean isTorn = tellTorn(unsealed);
    return new SegmentProbe(probe.header(), null, isTorn ? unsealed.bytes() : unsealed.segment().end());
  }

  private void open(SegmentProbe probe) throws IOException {
    long end = probe.isSealed() ? probe.footer().dataEnd() : Math.min(probe.bytes(), SegmentHeader.MAX_DATA_END);
    Store store = disk.openForReading(FileNames.segment(probe.header().segmentId()));
    Segment segment = new SegmentFiles(disk, table).add(probe.header(), store, end);
    if (probe.isSealed()) {
      segment.sealed(probe.footer());
    }
  }

  /** Tells of a torn tail, if there is one; zeros are none. */
  private boolean tellTorn(SegmentFiles.Unsealed unsealed) throws IOException {
    Segment segment = unsealed.segment();
    try (Store store = disk.openForReading(FileNames.segment(segment.id()))) {
      boolean isTorn = unsealed.tail(store).hasContent();
      if (isTorn) {
        findings.torn(segment.path(), segment.end(), unsealed.bytes(), "no completed sync covers it; the next opening cuts it off");
      }
      return isTorn;
    }
  }

  /** What passes over damage in silence: who asks for it looks for itself. */
  static Damage passive(Disk disk) {
    return new Damage(StoreOptions.OnDamage.QUARANTINE, disk, new Events(StoreListener.none()));
  }

  Disk disk() {
    return disk;
  }

  /** What was found so far; whoever reads on adds to it. */
  Findings findings() {
    return findings;
  }

  SegmentTable table() {
    return table;
  }

  /** The segments that can be read, the one that was made first first. */
  List<Segment> segments() {
    return table.all();
  }

  /** What the ends of a segment said. */
  SegmentProbe probe(Segment segment) {
    return probes.get(segment.id());
  }

  /** Whether a segment is the only one that may lack its footer. */
  boolean isNewest(Segment segment) {
    return segment.id() == newest;
  }

  /** The ids of segments that cannot be read without their headers. */
  Set<Integer> unreadable() {
    return unreadable;
  }

  /** The names of the hint files. */
  Set<String> hints() {
    return hints;
  }

  /** The number that all segments share; 0 if there are none. */
  long storeId() {
    return probes.isEmpty() ? 0 : probes.firstEntry().getValue().header().storeId();
  }

  /** The sequence numbers that no segment answers for, given the last one of each. */
  List<Coverage.Gap> gaps(Function<Segment, Long> lastSequence) {
    Coverage coverage = new Coverage();
    for (Segment segment : segments()) {
      SegmentProbe probe = probe(segment);
      long last = Math.max(lastSequence.apply(segment), probe.isSealed() ? Coverage.last(probe.header(), probe.footer()) : 0);
      coverage.add(new Coverage.Range(segment.path(), segment.id(), segment.header().baseSequence(), last));
    }
    return coverage.gaps();
  }

  @Override
  public void close() throws IOException {
    table.close(null);
  }
}
