package io.bitkv.client;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.codec.resp.CommandHeader;
import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.RequestWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

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
        (output, server) -> {
          output.begin(1 + keys.size());
          output.argument("MGET");
          keys.forEach(output::argument);
          for (byte[] key : keys) {
            output.begin(PEXPIRETIME);
            output.argument(key);
          }
          return 1 + keys.size();
        },
        (replies, server) -> {
          List<Reply> parts = Reads.list(replies, 1 + keys.size(), part -> part);
          List<Reply> values = Reads.list(parts.getFirst(), keys.size(), value -> value);
          List<KeyValue> found = new ArrayList<>(keys.size());
          for (int i = 0; i < keys.size(); i++) {
            if (!values.get(i).isNull()) {
              long expiry = Math.max(Expiry.NONE, parts.get(1 + i).asLong());
              found.add(new KeyValue(keys.get(i), Reads.bytes(values.get(i)), Writes.NO_VERSION, expiry));
            }
          }
          return found;
        });
  }
}
