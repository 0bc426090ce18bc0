package io.bitkv.server;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What took long of late, by event; of each the worst of every second, for some seconds. Safe for
 * use by all event loops.
 */
final class LatencyMonitor {

  /** How many seconds of an event are kept. */
  private static final int KEPT = 160;

  /** The worst of a second: the Unix time, and how long it took. */
  record Sample(long unixSeconds, long millis) {}

  /**
   * What is kept of an event.
   *
   * @param samples the seconds in which it took long, the oldest first
   * @param worstMillis the longest that it ever took
   */
  record Event(List<Sample> samples, long worstMillis) {

    Sample latest() {
      return samples.getLast();
    }
  }

  private static final class Record {
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long worstMillis;
  }

  private final InstantSource clock;
  private final Map<String, Record> records = new TreeMap<>();

  LatencyMonitor(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes that an event took long. */
  synchronized void add(String event, long millis) {
    Record record = records.computeIfAbsent(event, same -> new Record());
    long now = clock.instant().getEpochSecond();
    long inSecond = millis;
    if (!record.samples.isEmpty() && record.samples.getLast().unixSeconds == now) {
      inSecond = Math.max(millis, record.samples.removeLast().millis);
    }
    record.samples.addLast(new Sample(now, inSecond));
    if (record.samples.size() > KEPT) {
      record.samples.removeFirst();
    }
    record.worstMillis = Math.max(record.worstMillis, millis);
  }

  /** All events, by name. */
  synchronized Map<String, Event> events() {
    Map<String, Event> events = new TreeMap<>();
    records.forEach(
        (name, record) ->
            events.put(name, new Event(List.copyOf(record.samples), record.worstMillis)));
    return events;
  }

  /** Forgets an event, and tells whether there was one. */
  synchronized boolean forget(String event) {
    return records.remove(event) != null;
  }

  /** Forgets all events, and tells how many there were. */
  synchronized int forgetAll() {
    int count = records.size();
    records.clear();
    return count;
  }
}
