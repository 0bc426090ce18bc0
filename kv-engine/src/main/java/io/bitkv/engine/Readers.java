package io.bitkv.engine;

/**
 * Lends each thread an {@link EntryReader}, so that a read need not make one.
 *
 * <p>A reader that is lent is away from its thread's place, so a call from within a callback gets one of its own.
 */
final class Readers {
  private final SegmentTable segments;
  private final WriteGate gate;
  private final ThreadLocal<EntryReader> idle = new ThreadLocal<>();

  Readers(SegmentTable segments, WriteGate gate) {
    this.segments = segments;
    this.gate = gate;
  }

  /** Makes a reader that nobody else gets. */
  EntryReader make() {
    return new EntryReader(segments, gate);
  }

  /** Lends a reader; it is to be given back by the same thread. */
  EntryReader borrow() {
    EntryReader reader = idle.get();
    if (reader == null) {
      return make();
    }
    idle.set(null);
    return reader;
  }

  /** Takes a reader back. */
  void giveBack(EntryReader reader) {
    idle.set(reader);
  }
}
