package io.bitkv.client;

import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.RequestWriter;
import java.util.List;
import java.util.function.Function;

/** Requests that take one step of a scan. */
final class Scans {

  /**
   * What a scan visits.
   *
   * @param hasValues whether keys come with their values
   * @param parse reads one of them
   * @param key its key
   * @param ofEntry makes one of a key and its value
   * @param <T> the type of what is visited
   */
  record Kind<T>(boolean hasValues, Function<Reply, T> parse, Function<T, byte[]> key, Function<KeyValue, T> ofEntry) {}

  /**
   * What a step of a live scan met.
   *
   * @param page what was met, and where to go on
   * @param bare keys that were met without the values that are wanted, too; the page is empty then
   * @param <T> the type of what is visited
   */
  record Step<T>(Page<T> page, List<byte[]> bare) {}

  /**
   * A scan of a keyspace.
   *
   * @param space the keyspace
   * @param scan which keys
   * @param kind what is visited of them
   * @param <T> the type of what is visited
   */
  record Plan<T>(Space space, Scan scan, Kind<T> kind) {}

  /** Keys alone. */
  static final Kind<byte[]> KEYS = new Kind<>(false, Reads::bytes, key -> key, KeyValue::key);

  /** Keys with values, versions and expiries. */
  static final Kind<KeyValue> ENTRIES = new Kind<>(true, Scans::entry, KeyValue::key, entry -> entry);

  private Scans() {}

  private static KeyValue entry(Reply reply) {
    List<Reply> parts = Reads.list(reply, 4, part -> part);
    return new KeyValue(Reads.bytes(parts.get(0)), Reads.bytes(parts.get(1)), parts.get(2).asLong(), parts.get(3).asLong());
  }

  /** Takes a step of a live scan in the store's own order. */
  static <T> Request<Step<T>> step(Plan<T> plan, long cursor, int count) {
    return Request.read(
        "SCAN",
        (output, server) -> {
          if (!server.hasKvCommands()) {
            return RedisScans.step(output, plan, cursor, count, server);
          }
          output.begin(4 + words(plan, false));
          output.argument("KV.SCAN");
          output.argument(plan.space.name());
          output.argument(cursor);
          output.argument(count);
          bounds(output, plan, false);
          return 1;
        },
        (reply, server) -> {
          List<Reply> parts = Reads.list(reply, 2, part -> part);
          if (!server.hasKvCommands()) {
            return RedisScans.step(plan, RedisScans.cursor(parts.get(0)), parts.get(1));
          }
          return new Step<>(new Page<>(parts.get(1).asList().stream().map(plan.kind.parse).toList(), parts.get(0).asLong()), List.of());
        });
  }

  /**
   * Takes a step of a scan in byte order; the page's cursor only tells whether there may be more.
   *
   * @param after the last key of the step before, or null
   */
  static <T> Request<Page<T>> range(Plan<T> plan, byte[] after, int count) {
    return Request.read(
        "KV.RANGE",
        (output, server) -> {
          server.requireKvCommands("ordered scans");
          boolean isReversed = plan.scan.order() == Scan.Order.DESCENDING;
          output.begin(3 + words(plan, true) + (after == null ? 0 : 2) + (isReversed ? 1 : 0));
          output.argument("KV.RANGE");
          output.argument(plan.space.name());
          output.argument(count);
          bounds(output, plan, true);
          if (after != null) {
            output.argument("AFTER");
            output.argument(after);
          }
          if (isReversed) {
            output.argument("REV");
          }
          return 1;
        },
        (reply, server) -> {
          Page<T> page = page(reply, plan.kind);
          if (page.items().isEmpty() && !page.isLast()) {
            throw new ProtocolException("a page in the middle of a scan is empty");
          }
          return page;
        });
  }

  /** Takes a snapshot, and its first step; the page's cursor is the snapshot's number. */
  static <T> Request<Page<T>> snapshot(Plan<T> plan, int count) {
    return Request.write(
        "KV.SNAPSHOT",
        (output, server) -> {
          server.requireKvCommands("snapshots");
          boolean isOrdered = plan.scan.order() != Scan.Order.ANY;
          output.begin(3 + words(plan, true) + (isOrdered ? 1 : 0));
          output.argument("KV.SNAPSHOT");
          output.argument(plan.space.name());
          output.argument(count);
          bounds(output, plan, true);
          if (isOrdered) {
            output.argument(plan.scan.order() == Scan.Order.DESCENDING ? "REV" : "ASC");
          }
          return 1;
        },
        (reply, server) -> page(reply, plan.kind));
  }

  /** Takes a step of a snapshot. It is no request to repeat: the server has moved on. */
  static <T> Request<Page<T>> next(Plan<T> plan, long number, int count) {
    return Request.write(
        "KV.NEXT",
        (output, server) -> {
          server.requireKvCommands("snapshots");
          output.begin(3);
          output.argument("KV.NEXT");
          output.argument(number);
          output.argument(count);
          return 1;
        },
        (reply, server) -> page(reply, plan.kind));
  }

  /** Gives a snapshot up. */
  static Request<Boolean> end(long number) {
    return Request.write(
        "KV.END",
        (output, server) -> {
          server.requireKvCommands("snapshots");
          output.begin(2);
          output.argument("KV.END");
          output.argument(number);
          return 1;
        },
        (reply, server) -> reply.asBoolean());
  }

  private static <T> Page<T> page(Reply reply, Kind<T> kind) {
    List<Reply> parts = Reads.list(reply, 2, part -> part);
    long next = parts.get(0).asLong();
    if (next < 0) {
      throw new ProtocolException("expected a number from 0 on, found " + next);
    }
    return new Page<>(parts.get(1).asList().stream().map(kind.parse).toList(), next);
  }

  private static int words(Plan<?> plan, boolean hasRange) {
    Scan scan = plan.scan;
    return (scan.prefix().length > 0 ? 2 : 0)
        + (hasRange && scan.from() != null ? 2 : 0)
        + (hasRange && scan.to() != null ? 2 : 0)
        + (plan.kind.hasValues ? 1 : 0);
  }

  private static void bounds(RequestWriter output, Plan<?> plan, boolean hasRange) {
    Scan scan = plan.scan;
    if (scan.prefix().length > 0) {
      output.argument("PREFIX");
      output.argument(scan.prefix());
    }
    if (hasRange && scan.from() != null) {
      output.argument("FROM");
      output.argument(scan.from());
    }
    if (hasRange && scan.to() != null) {
      output.argument("TO");
      output.argument(scan.to());
    }
    if (plan.kind.hasValues) {
      output.argument("ENTRIES");
    }
  }
}
