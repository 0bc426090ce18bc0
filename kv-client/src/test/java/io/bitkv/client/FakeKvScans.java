package io.bitkv.client;

import io.bitkv.codec.resp.ReplyWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers the scanning ones of the KV commands. */
final class FakeKvScans {

  private final Map<Long, List<Map.Entry<byte[], FakeKv.Held>>> snapshots = new HashMap<>();
  private final Map<Long, Boolean> hasValuesOf = new HashMap<>();
  private long lastSnapshot;

  int snapshots() {
    return snapshots.size();
  }

  boolean end(long number) {
    return snapshots.remove(number) != null;
  }

  void scan(String command, TreeMap<byte[], FakeKv.Held> space, FakeKv.Words words, ReplyWriter reply) {
    long cursor = command.equals("KV.SCAN") ? words.number() : 0;
    int count = (int) words.number();
    byte[] prefix = words.takes("PREFIX") ? words.bytes() : new byte[0];
    byte[] from = words.takes("FROM") ? words.bytes() : null;
    byte[] to = words.takes("TO") ? words.bytes() : null;
    boolean hasValues = words.takes("ENTRIES");
    byte[] after = words.takes("AFTER") ? words.bytes() : null;
    boolean isReversed = words.takes("REV");
    var all = isReversed ? space.descendingMap() : space;
    List<Map.Entry<byte[], FakeKv.Held>> met =
        all.entrySet().stream()
            .filter(e -> e.getKey().length >= prefix.length && Arrays.equals(prefix, Arrays.copyOf(e.getKey(), prefix.length)))
            .filter(e -> from == null || Arrays.compareUnsigned(e.getKey(), from) >= 0)
            .filter(e -> to == null || Arrays.compareUnsigned(e.getKey(), to) < 0)
            .filter(e -> after == null || Arrays.compareUnsigned(e.getKey(), after) * (isReversed ? -1 : 1) > 0)
            .map(e -> Map.entry(e.getKey(), e.getValue()))
            .toList();
    if (command.equals("KV.SNAPSHOT")) {
      snapshots.put(++lastSnapshot, met);
      hasValuesOf.put(lastSnapshot, hasValues);
      next(reply, lastSnapshot, count);
      return;
    }
    int end = (int) Math.min(met.size(), cursor + count);
    boolean hasMore = end < met.size();
    page(reply, hasMore ? (command.equals("KV.SCAN") ? end : 1) : 0, met.subList((int) Math.min(cursor, end), end), hasValues);
  }

  void next(ReplyWriter reply, long number, int count) {
    List<Map.Entry<byte[], FakeKv.Held>> rest = snapshots.get(number);
    if (rest == null) {
      reply.writeError("NOSNAPSHOT there is no snapshot " + number);
      return;
    }
    int end = Math.min(rest.size(), count);
    boolean hasMore = end < rest.size();
    if (hasMore) {
      snapshots.put(number, rest.subList(end, rest.size()));
    } else {
      snapshots.remove(number);
    }
    page(reply, hasMore ? number : 0, rest.subList(0, end), hasValuesOf.get(number));
  }

  private static void page(ReplyWriter reply, long next, List<Map.Entry<byte[], FakeKv.Held>> items, boolean hasValues) {
    reply.writeArrayHeader(2);
    reply.writeInteger(next);
    reply.writeArrayHeader(items.size());
    for (Map.Entry<byte[], FakeKv.Held> item : items) {
      if (hasValues) {
        reply.writeArrayHeader(4);
        reply.writeBulk(item.getKey());
        reply.writeBulk(item.getValue().value());
        reply.writeInteger(item.getValue().version());
        reply.writeInteger(item.getValue().expires());
      } else {
        reply.writeBulk(item.getKey());
      }
    }
  }
}
