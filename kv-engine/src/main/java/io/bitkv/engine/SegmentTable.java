package io.bitkv.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

  private volatile Ids ids = new Ids(0, new Segment[0]);

  /** Finds a segment; null if it is not there, or no longer. */
  Segment find(int id) {
    return ids.find(id);
  }

  /** Adds a segment, whose id is new. */
  synchronized void add(Segment segment) {
    List<Segment> all = new ArrayList<>(all());
    all.add(segment);
    replace(all);
  }

  /** Takes segments out. */
  synchronized void removeAll(List<Segment> gone) {
    List<Segment> rest = new ArrayList<>(all());
    rest.removeAll(gone);
    replace(rest);
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

  /** All segments, the lowest id first. */
  List<Segment> all() {
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
    for (Segment segment : all()) {
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
