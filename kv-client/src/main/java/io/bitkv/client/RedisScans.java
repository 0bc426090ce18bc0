package io.bitkv.client;

import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Versioned;
import io.bitkv.codec.resp.CommandHeader;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.RequestWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scans in Redis's own words: {@code SCAN} visits keys, and further commands fetch what they hold. */
final class RedisScans {

  private static final CommandHeader PEXPIRETIME = CommandHeader.of(1, "PEXPIRETIME");

  private RedisScans() {}

  static int step(RequestWriter output, Scans.Plan<?> plan, long cursor, int count, ServerInfo server) {
    plan.space().requireSelected(server);
    byte[] prefix = plan.scan().prefix();
    output.begin(prefix.length > 0 ? 6 : 4);
    output.argument("SCAN");
    output.argument(Long.toUnsignedString(cursor));
    output.argument("COUNT");
    output.argument(count);
    if (prefix.length > 0) {
      output.argument("MATCH");
      output.argument(pattern(prefix));
    }
    return 1;
  }

  /** Understands the keys of a step. */
  static <T> Scans.Step<T> step(Scans.Plan<T> plan, long next, Reply keys) {
    List<byte[]> met = keys.asList().stream().map(Reads::bytes).toList();
    if (plan.kind().hasValues()) {
      return new Scans.Step<>(new Page<>(List.of(), next), met);
    }
    return new Scans.Step<>(new Page<>(keys.asList().stream().map(plan.kind().parse()).toList(), next), List.of());
  }

  /** The glob pattern of the keys that begin with some bytes. */
  private static byte[] pattern(byte[] prefix) {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream(prefix.length + 8);
    for (byte b : prefix) {
      if (b == '*' || b == '?' || b == '[' || b == ']' || b == '\\') {
        pattern.write('\\');
      }
      pattern.write(b);
    }
    pattern.write('*');
    return pattern.toByteArray();
  }

  static long cursor(Reply reply) {
    try {
      return Long.parseUnsignedLong(reply.asString());
    } catch (NumberFormatException e) {
      throw new ProtocolException("expected a cursor, found " + reply.type());
    }
  }

  /** Fetches what keys hold; a key that is gone meanwhile, or holds no string, is left out. */
  static Request<List<KeyValue>> values(List<byte[]> keys) {
    return Request.read(
        "MGET",
        (output, server) -> writeValues(output, keys),
        (replies, server) -> {
          List<Optional<Versioned<byte[]>>> values = values(replies, keys.size());
          List<KeyValue> found = new ArrayList<>(keys.size());
          for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            values.get(i).ifPresent(value -> found.add(new KeyValue(key, value.value(), value.version(), value.expiresAtMillis())));
          }
          return found;
        });
  }

  /** Asks what keys hold and when it expires; returns how many replies there will be. */
  static int writeValues(RequestWriter output, List<byte[]> keys) {
    output.begin(1 + keys.size());
    output.argument("MGET");
    keys.forEach(output::argument);
    for (byte[] key : keys) {
      output.begin(PEXPIRETIME);
      output.argument(key);
    }
    return 1 + keys.size();
  }

  /** Understands the replies to what {@link #writeValues} wrote for so many keys. */
  static List<Optional<Versioned<byte[]>>> values(Reply replies, int count) {
    List<Reply> parts = Reads.list(replies, 1 + count, part -> part);
    List<Reply> values = Reads.list(parts.getFirst(), count, value -> value);
    List<Optional<Versioned<byte[]>>> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      found.add(Reads.unversioned(values.get(i), parts.get(1 + i)));
    }
    return found;
  }
}
