package io.bitkv.server;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The requests that took longest of late, the newest first. Safe for use by all event loops. */
final class Slowlog {

  /**
   * A slow request.
   *
   * @param id its number, counted from 0
   * @param unixSeconds when it ran
   * @param micros how long it took
   * @param arguments what it was, the beginning of each argument
   * @param address the client's address
   * @param clientName the client's name
   */
  record Entry(
      long id,
      long unixSeconds,
      long micros,
      List<byte[]> arguments,
      String address,
      String clientName) {}

  private final InstantSource clock;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long nextId;

  Slowlog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Notes a request.
   *
   * @param call the client
   * @param command the command
   * @param arguments the request
   * @param nanos how long it took
   */
  synchronized void add(Call call, Command command, Arguments arguments, long nanos) {
    entries.addFirst(
        new Entry(
            nextId++,
            clock.instant().getEpochSecond(),
            TimeUnit.NANOSECONDS.toMicros(nanos),
            ShownRequest.beginnings(command, arguments),
            call.connection().remoteAddress(),
            call.connection().name()));
    int kept = call.server().options().current().get(DiagnosticSettings.SLOWLOG_LENGTH);
    while (entries.size() > kept) {
      entries.removeLast();
    }
  }

  /** The newest entries, at most so many. */
  synchronized List<Entry> newest(long count) {
    return entries.stream().limit(count).toList();
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized void clear() {
    entries.clear();
  }
}
