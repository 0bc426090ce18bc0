package io.bitkv.engine;

import io.bitkv.api.MergeReport;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.util.List;

/**
 * One merge: some segments that follow each other become one.
 *
 * <p>What is needed is copied to a temporary file, which is synced. Its hint file is written, for which every entry of it is checked. Then
 * everything in the log is synced up to the newest entry that a decision of the merge may rest on: a value is left out only if what
 * took its place is durable. A rename makes the new segment part of the log. Whatever happens until then, the inputs are the truth; from
 * then on the new segment is, and recovery passes over inputs that are still there.
 *
 * <p>Last, {@link MergeMove} points each key that still points to an input to the copy: a write that came first has won. The inputs stay
 * readable for those who pinned them, and are then removed, the oldest first.
 */
final class Merge {
  /** Is paid for bytes read and written, and makes the merge wait, or end. */
  interface Toll {
    void pay(long bytes) throws MergeCancelled;
  }

  /** What the two files take beside entries and hints, rounded up well. */
  private static final long SLACK_BYTES = 64 << 10;

  private final MergeContext context;
  private final List<Segment> inputs;
  private final Toll toll;

  Merge(MergeContext context, List<Segment> inputs, Toll toll) {
    this.context = context;
    this.inputs = inputs;
    this.toll = toll;
  }

  /** What came of a merge: the new segment's id, and the figures. */
  record Done(int output, MergeReport report) {}

  /** Fails when the new segment may have its name already: inputs and output stay, until the store is opened again and sorts that out. */
  static final class Unsettled extends IOException {
    private static final long serialVersionUID = 1L;

    private Unsettled(Exception cause) {
      super("the new segment could not be put in the place of the others: " + describe(cause), cause);
    }

    private static String describe(Exception cause) {
      return cause instanceof IOException failure ? IoFailures.describe(failure) : cause.toString();
    }
  }

  Done run() throws IOException, MergeCancelled {
    Flight.Span<Flight.Merge> span = Flight.begin(Flight.Merge::new);
    Done done = null;
    try {
      done = merge();
      return done;
    } finally {
      note(span, done);
    }
  }

  private void note(Flight.Span<Flight.Merge> span, Done done) {
    span.end(
        context.disk().directory(),
        event -> {
          event.segments = inputs.size();
          event.succeeded = done != null;
          event.readBytes = done == null ? 0 : done.report.readBytes();
          event.writtenBytes = done == null ? 0 : done.report.writtenBytes();
        });
  }

  private Done merge() throws IOException, MergeCancelled {
    long expected = outputBytes();
    Room.check(context.disk(), expected);
    OlderValues older = OlderValues.of(context.disk(), inputs, olderSegments());
    MergeOutput output = new MergeOutput(context.disk(), header(), expected);
    MergeCopy copy = new MergeCopy(context, output, older, toll);
    Segment merged = write(output, copy);
    putInPlace(output, merged, copy);
    context.segments().retire(inputs);
    long written = merged.end() - SegmentHeader.LENGTH;
    return new Done(
        merged.id(),
        new MergeReport(1, inputs.size(), copy.readBytes(), written, copy.droppedDeletions(), copy.expired().size()));
  }

  /** Makes the new segment and its hint file, and has on stable storage all that it rests on. */
  private Segment write(MergeOutput output, MergeCopy copy) throws IOException, MergeCancelled {
    try {
      for (Segment input : inputs) {
        copy.copy(input);
      }
      Segment merged = output.finish();
      new HintFile(context.disk(), merged).write();
      context.sync().await(context.segments().lastSequence());
      return merged;
    } catch (Throwable e) {
      output.discard(e);
      throw e;
    }
  }

  private void putInPlace(MergeOutput output, Segment merged, MergeCopy copy) throws Unsettled {
    try {
      output.publish();
      context.table().add(merged);
      new MergeMove(context, merged, copy.copied()).run();
      forget(copy.expired());
    } catch (IOException | RuntimeException e) {
      output.discardUnpublished(e);
      throw new Unsettled(e);
    }
  }

  private List<Segment> olderSegments() {
    long first = inputs.getFirst().header().baseSequence();
    return context.table().all().stream().filter(segment -> segment.header().baseSequence() < first).toList();
  }

  /** The most bytes that the output and its hint file can take, about. */
  private long outputBytes() {
    return SLACK_BYTES
        + inputs.stream()
            .mapToLong(input -> input.live().sum() + input.live().deletionBytes() + HintFile.bytes(input))
            .sum();
  }

  private SegmentHeader header() {
    SegmentHeader first = inputs.getFirst().header();
    long last = Coverage.last(inputs.getLast().header(), inputs.getLast().footer());
    return new SegmentHeader(
        context.segments().ids().take(),
        first.storeId(),
        first.baseSequence(),
        first.baseTime(),
        SegmentHeader.Origin.MERGED,
        last < first.baseSequence() ? 0 : last);
  }

  /** Takes the expired values out of the directory; a snapshot that was opened before they expired keeps them. */
  private void forget(Locations expired) throws IOException {
    EntryGlance entry = new EntryGlance(context.table());
    StripeLocks locks = context.keyspaces().locks();
    for (int i = 0; i < expired.size(); i++) {
      long location = expired.get(i);
      entry.load(location);
      KeyspaceState keyspace = context.keyspaces().numbered(entry.header().keyspace());
      KeySlice key = entry.key(keyspace);
      int stripe = locks.stripeOf(key.hash());
      locks.lock(stripe);
      try {
        context.snapshots().beforeChange(keyspace, stripe, Long.MAX_VALUE);
        keyspace.directory().remove(key, location);
      } finally {
        locks.unlock(stripe);
      }
    }
  }
}
