package io.bitkv.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps retired segments readable for those who began before.
 *
 * <p>A pin holds every segment that is retired while it lasts. A retired segment is removed as soon as no pin is left that was taken
 * before it was retired. Safe for use by any thread.
 */
final class SegmentPins {
  /** The right to go on reading; to be closed once. */
  final class Pin implements AutoCloseable {
    private final long epoch;

    private Pin(long epoch) {
      this.epoch = epoch;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  private record Retired(long epoch, Segment segment) {}

  private final Set<Pin> pins = new HashSet<>();
  private final Consumer<Segment> removal;
  private final Queue<Retired> retired = new ArrayDeque<>();
  private long epoch;

  /** Makes the pins; what nobody reads any more is handed to the removal, in the order in which it was retired. */
  SegmentPins(Consumer<Segment> removal) {
    this.removal = removal;
  }

  /** Takes a pin. */
  synchronized Pin take() {
    Pin pin = new Pin(epoch);
    pins.add(pin);
    return pin;
  }

  private synchronized void release(Pin pin) {
    pins.remove(pin);
    closeUnpinned();
  }

  /** Hands over segments that nobody will look for any more. */
  synchronized void retire(List<Segment> segments) {
    for (Segment segment : segments) {
      retired.add(new Retired(epoch, segment));
    }
    epoch++;
    closeUnpinned();
  }

  private void closeUnpinned() {
    long oldest = pins.stream().mapToLong(pin -> pin.epoch).min().orElse(Long.MAX_VALUE);
    while (!retired.isEmpty() && retired.peek().epoch < oldest) {
      removal.accept(retired.remove().segment);
    }
  }
}
