package io.bitkv.engine;

/**
 * Lends each thread an {@link EntryReader}, so that a read need not make one.
 *
 * <p>A thread has one reader to be lent. A call from within a callback meets it lent, and gets one of its own.
 */
final class Readers {
  private final SegmentTable segments;
  private final WriteGate gate;
  private final ThreadLocal<EntryReader> readers = ThreadLocal.withInitial(this::make);

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
    EntryReader reader = readers.get();
    return reader.lend() ? reader : make();
  }

  /** Takes a reader back. */
  void giveBack(EntryReader reader) {
    reader.giveBack();
  }
}
