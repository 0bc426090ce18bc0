package io.bitkv.engine;

import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Progress;
import io.bitkv.api.RepairReport;
import io.bitkv.api.StoreTools.Doubtful;
import io.bitkv.api.VerifyReport;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.KeyHash;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies all entries that are whole into a new store, tombstones too, with their sequence numbers; then a lost entry cannot bring older
 * ones back to life as far as {@link Losses} know.
 *
 * <p>Each segment becomes one, sealed, of the kind that merges make: it answers for all sequence numbers up to the next segment's, those of
 * the lost entries included. For one thread.
 */
final class Repair {
  private static final long STEP_BYTES = 1 << 20;

  private final Survey survey;
  private final Disk target;
  private final Doubtful doubtful;
  private final Progress progress;
  private final long storeId = new SecureRandom().nextLong();
  private final Set<Integer> nameless = new TreeSet<>();
  private final Set<Integer> named = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private Losses losses;
  private long copied;
  private long stale;
  private long inDoubt;
  private long answered;

  Repair(Survey survey, Disk target, Doubtful doubtful, Progress progress) {
    this.survey = survey;
    this.target = target;
    this.doubtful = doubtful;
    this.progress = progress;
  }

  /** Copies, and verifies the copy; the target is whole and on stable storage when this returns. */
  RepairReport run() throws IOException {
    Inspector inspector = new Inspector(survey, progress);
    VerifyReport found = inspector.inspect();
    losses = new LossFinder(survey).find(inspector);
    List<Segment> inOrder = survey.segments().stream().sorted(Comparator.comparingLong(segment -> segment.header().baseSequence())).toList();
    int id = 1;
    for (int i = 0; i < inOrder.size(); i++) {
      long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).header().baseSequence() : 0;
      if (copy(inOrder.get(i), id, next - 1)) {
        id++;
      }
    }
    nameKeyspaces(id);
    target.sync();
    return new RepairReport(target.directory(), found.findings(), copied, countLive(), losses.known(), stale, inDoubt);
  }

  /** Verifies the copy, and counts what reads can meet in it. */
  private long countLive() throws IOException {
    try (Survey copy = Survey.of(target)) {
      VerifyReport report = new Inspector(copy, progress).inspect();
      if (!report.isSound() || report.entries() != copied) {
        throw new IOException("the copy is not what was written: " + report.findings());
      }
      return report.liveEntries();
    }
  }

  /** Copies a segment that answers at least up to a sequence number; tells whether there was anything to copy. */
  private boolean copy(Segment source, int id, long atLeast) throws IOException {
    SegmentProbe probe = survey.probe(source);
    long last = Math.max(atLeast, probe.isSealed() ? Coverage.last(probe.header(), probe.footer()) : lastSequence(source));
    if (last <= answered) {
      return false;
    }
    write(header(id, source.header().baseTime(), last), source.end(), output -> copyEntries(source, output));
    answered = last;
    return true;
  }

  /** What a new segment is filled with. */
  @FunctionalInterface
  private interface Content {
    void writeTo(MergeOutput output) throws IOException;
  }

  private void write(SegmentHeader header, long expectedBytes, Content content) throws IOException {
    MergeOutput output = new MergeOutput(target, header, expectedBytes);
    Segment made;
    try {
      content.writeTo(output);
      made = output.finish();
      output.publish();
    } catch (Throwable e) {
      output.discard(e);
      throw e;
    }
    made.close();
  }

  private SegmentHeader header(int id, long baseTime, long last) {
    return new SegmentHeader(id, storeId, answered + 1, baseTime, SegmentHeader.Origin.MERGED, last);
  }

  private static long lastSequence(Segment segment) throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    while (goOn(scanner, segment)) {
      // Only the last number matters.
    }
    return scanner.lastSequence();
  }

  /** Goes to the next sound entry, if there is one. */
  private static boolean goOn(SegmentScanner scanner, Segment segment) throws IOException {
    while (true) {
      switch (scanner.next()) {
        case ENTRY -> {
          return true;
        }
        case END -> {
          return false;
        }
        case BAD -> {
          if (!scanner.skip(0)) {
            scanner.resumeAt(segment.end());
          }
        }
      }
    }
  }

  private void copyEntries(Segment source, MergeOutput output) throws IOException {
    SegmentScanner scanner = new SegmentScanner(source);
    while (goOn(scanner, source)) {
      if ((scanner.offset() ^ scanner.resumesAt()) >= STEP_BYTES) {
        progress.advanced("copy " + source.path().getFileName(), scanner.offset(), source.end());
      }
      EntryHeader entry = scanner.header();
      if (entry.sequence() <= answered) {
        continue;
      }
      if (losses.isStale(entry, hash(scanner))) {
        stale++;
        continue;
      }
      if (losses.isDoubtful(entry)) {
        inDoubt++;
        if (doubtful == Doubtful.LEAVE_OUT) {
          continue;
        }
      }
      note(entry, scanner);
      output.copy(source, scanner);
      copied++;
    }
  }

  private long hash(SegmentScanner scanner) {
    EntryHeader entry = scanner.header();
    return entry.kind() == EntryKind.DROP_KEYSPACE
        ? 0
        : KeyHash.hash(scanner.window(), scanner.keyFrom(), entry.keyLength(), KeyHash.seed(survey.storeId(), entry.keyspace()));
  }

  /** Takes note of keyspaces that need a name, and of those that have one. */
  private void note(EntryHeader entry, SegmentScanner scanner) {
    if (entry.keyspace() == KeyspaceTable.SYSTEM && entry.kind() == EntryKind.PUT) {
      int valueFrom = scanner.keyFrom() + entry.keyLength();
      names.add(KeyspaceTable.name(Arrays.copyOfRange(scanner.window(), scanner.keyFrom(), valueFrom)));
      named.add(KeyspaceTable.number(Arrays.copyOfRange(scanner.window(), valueFrom, valueFrom + entry.valueLength())));
    } else if (entry.keyspace() >= KeyspaceId.NUMBERED_LIMIT && entry.keyspace() != KeyspaceTable.SYSTEM) {
      nameless.add(entry.keyspace());
    }
  }

  /** Gives keyspaces whose names are lost others, so that their keys can be reached. */
  private void nameKeyspaces(int id) throws IOException {
    nameless.removeAll(named);
    if (nameless.isEmpty()) {
      return;
    }
    write(header(id, 0, answered + nameless.size()), 0, this::writeNames);
  }

  private void writeNames(MergeOutput output) throws IOException {
    for (int number : nameless) {
      String name = "recovered-" + number;
      while (!names.add(name)) {
        name += "-";
      }
      byte[] key = KeyspaceTable.key(name);
      byte[] value = KeyspaceTable.value(number);
      EntryHeader entry = new EntryHeader().begin(EntryKind.PUT, KeyspaceTable.SYSTEM).key(key, 0, key.length).value(value, 0, value.length);
      output.begin(entry.sequence(++answered));
      output.put(key, 0, key.length);
      output.put(value, 0, value.length);
      copied++;
    }
  }
}
