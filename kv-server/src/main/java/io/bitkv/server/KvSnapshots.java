package io.bitkv.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The snapshots that clients have begun to go through and not finished. A snapshot holds on to parts of the store, so there are never more
 * than {@value #MAX_OPEN}, and one that nobody asks for within a minute is given up.
 *
 * <p>Safe for use by many threads. Whoever works on a snapshot has taken it out, so nobody else can.
 */
final class KvSnapshots implements AutoCloseable {

  static final int MAX_OPEN = 64;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A snapshot, and where in it its client is. */
  static final class Open implements AutoCloseable {
    private final long number;
    private final Stream<KvPage.Item> stream;
    private final Iterator<KvPage.Item> items;
    private long usedNanos;

    private Open(long number, Stream<KvPage.Item> stream) {
      this.number = number;
      this.stream = stream;
      this.items = stream.iterator();
    }

    /** What clients call it; greater than 0. */
    long number() {
      return number;
    }

    /** What its client has not seen. */
    Iterator<KvPage.Item> items() {
      return items;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  /** By number, the one unused longest first. */
  private final Map<Long, Open> open = new LinkedHashMap<>();

  private long lastNumber;
  private boolean isClosed;

  /** Keeps a snapshot under a new number; it is taken out. */
  synchronized Open open(Stream<KvPage.Item> stream) {
    return new Open(++lastNumber, stream);
  }

  /** Takes a snapshot out; null when there is none of that number. */
  synchronized Open take(long number) {
    return open.remove(number);
  }

  /** Puts a snapshot back that has more to see. */
  synchronized void giveBack(Open taken) {
    if (isClosed) {
      taken.close();
      return;
    }
    taken.usedNanos = System.nanoTime();
    open.put(taken.number, taken);
    if (open.size() > MAX_OPEN) {
      open.remove(open.keySet().iterator().next()).close();
    }
  }

  /**
   * Gives up what nobody has asked for.
   *
   * @param now the {@link System#nanoTime} of the call
   */
  synchronized void everySecond(long now) {
    open.values()
        .removeIf(
            each -> {
              boolean isIdle = now - each.usedNanos > IDLE_NANOS;
              if (isIdle) {
                each.close();
              }
              return isIdle;
            });
  }

  /** Gives up every snapshot; those that are taken out, once they are put back. */
  @Override
  public synchronized void close() {
    isClosed = true;
    open.values().forEach(Open::close);
    open.clear();
  }
}
