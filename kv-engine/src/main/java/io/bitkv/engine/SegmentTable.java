package io.bitkv.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The segments of a log by their ids: an array from the lowest id on, replaced as a whole when it must grow, so that readers take no lock.
 */
final class SegmentTable {
  private record Ids(int first, Segment[] segments) {
    Segment find(int id) {
      int index = id - first;
      return index >= 0 && index < segments.length ? segments[index] : null;
    }
  }

  private volatile Set<Segment> retired = Set.of();
  private volatile Ids ids = new Ids(0, new Segment[0]);

  /** A log up to this size fits in memory anyway; negative before the log is served. */
  private long smallBytes = -1;

  private LongSupplier cacheBytes;

  /** Set once the log is larger than what fits in memory. */
  private Advice advice;

  /** Finds a segment; null if it is not there, or no longer. */
  Segment find(int id) {
    return ids.find(id);
  }

  /** Adds a segment, whose id is new. */
  synchronized void add(Segment segment) {
    List<Segment> all = new ArrayList<>(every());
    all.add(segment);
    replace(all);
    if (advice != null) {
      segment.bytes().expectRandomReads(advice);
    } else {
      judge();
    }
  }

  /**
   * Notes that the log has been read through, and that single entries are going to be read from now on, in any order. The system is told so
   * once the log is larger than memory: a smaller one is the sooner there, the more the system reads ahead.
   *
   * @param smallBytes a log up to this size fits in memory anyway
   * @param cacheBytes how much of files fits in memory; may take its time
   */
  synchronized void serve(long smallBytes, LongSupplier cacheBytes) {
    this.smallBytes = smallBytes;
    this.cacheBytes = cacheBytes;
    judge();
  }

  private void judge() {
    if (smallBytes >= 0 && bytes() > smallBytes) {
      Advice.whenLinked(this::advise);
    }
  }

  private synchronized void advise(Advice linked) {
    if (bytes() > cacheBytes.getAsLong()) {
      advice = linked;
      every().forEach(segment -> segment.bytes().expectRandomReads(linked));
    }
  }

  private long bytes() {
    return every().stream().mapToLong(Segment::end).sum();
  }

  /** Leaves segments out of the log: they can still be found by id, for those who follow an old location. */
  synchronized void retire(List<Segment> gone) {
    Set<Segment> more = new HashSet<>(retired);
    more.addAll(gone);
    retired = Set.copyOf(more);
  }

  /** Whether a merge has taken the place of a segment. */
  boolean isRetired(Segment segment) {
    return retired.contains(segment);
  }

  /** Forgets a retired segment: it cannot even be found by id any more. */
  synchronized void remove(Segment gone) {
    List<Segment> rest = new ArrayList<>(every());
    rest.remove(gone);
    replace(rest);
    Set<Segment> others = new HashSet<>(retired);
    others.remove(gone);
    retired = Set.copyOf(others);
  }

  private void replace(List<Segment> all) {
    int first = all.stream().mapToInt(Segment::id).min().orElse(0);
    int last = all.stream().mapToInt(Segment::id).max().orElse(-1);
    Segment[] segments = new Segment[last - first + 1];
    for (Segment segment : all) {
      segments[segment.id() - first] = segment;
    }
    ids = new Ids(first, segments);
  }

  /** The segments of the log, the lowest id first. */
  List<Segment> all() {
    Set<Segment> out = retired;
    return Arrays.stream(ids.segments).filter(segment -> segment != null && !out.contains(segment)).toList();
  }

  /** The greatest sequence number that sealed segments answer for; 0 if there are none. */
  long sealedSequence() {
    return all().stream()
        .filter(segment -> segment.footer() != null)
        .mapToLong(segment -> Coverage.last(segment.header(), segment.footer()))
        .max()
        .orElse(0);
  }

  /** The same and the retired ones. */
  List<Segment> every() {
    return Arrays.stream(ids.segments).filter(Objects::nonNull).toList();
  }

  /**
   * Closes all segments.
   *
   * @param failure what is thrown for another reason and takes on what goes wrong here, or null
   * @throws IOException what went wrong here, if there is no other failure
   */
  void close(Throwable failure) throws IOException {
    IOException own = null;
    for (Segment segment : every()) {
      try {
        segment.close();
      } catch (IOException e) {
        if (failure != null) {
          failure.addSuppressed(e);
        } else {
          own = e;
        }
      }
    }
    if (own != null) {
      throw own;
    }
  }
}
