package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Put;
import io.bitkv.api.WriteBatch;
import io.bitkv.codec.resp.CommandHeader;
import io.bitkv.codec.resp.RequestWriter;
import java.util.function.Function;

/** Writes in the words of the KV commands, see {@code docs/PROTOCOL-KV.md}. Each method returns how many replies there will be. */
final class KvWrites {

  private static final CommandHeader PLAIN_SET = CommandHeader.of(3, "KV.SET");
  private static final CommandHeader CLEAR = CommandHeader.of(1, "KV.CLEAR");

  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value
   */
  record Entry(byte[] key, byte[] value) {}

  private KvWrites() {}

  static int put(RequestWriter output, Space space, Entry entry, Put options) {
    int more = words(options.condition()) + words(options.expiry()) + (options.isDurable() ? 1 : 0);
    if (more == 0) {
      output.begin(PLAIN_SET);
    } else {
      output.begin(4 + more);
      output.argument("KV.SET");
    }
    Reads.argument(output, space, entry.key());
    output.argument(entry.value());
    argument(output, options.condition());
    argument(output, options.expiry());
    if (options.isDurable()) {
      output.argument("DURABLE");
    }
    return 1;
  }

  static int delete(RequestWriter output, Space space, byte[] key, Condition condition) {
    output.begin(3 + words(condition));
    output.argument("KV.DEL");
    Reads.argument(output, space, key);
    argument(output, condition);
    return 1;
  }

  static int expire(RequestWriter output, Space space, byte[] key, Expiry expiry) {
    output.begin(3 + words(expiry));
    output.argument("KV.EXPIRE");
    Reads.argument(output, space, key);
    argument(output, expiry);
    return 1;
  }

  static int clear(RequestWriter output, Space space) {
    output.begin(CLEAR);
    output.argument(space.name());
    return 1;
  }

  static int commit(RequestWriter output, Writes.Commit commit, Function<KeyRef, Space> spaces) {
    int count = 1 + (commit.isDurable() ? 1 : 0) + 4 * commit.checks().size();
    for (WriteBatch.Write write : commit.writes()) {
      count += write instanceof WriteBatch.PutWrite put ? 4 + words(put.expiry()) : 3;
    }
    output.begin(count);
    output.argument("KV.COMMIT");
    if (commit.isDurable()) {
      output.argument("DURABLE");
    }
    for (Writes.Check check : commit.checks()) {
      output.argument("IF");
      Reads.argument(output, spaces.apply(check.ref()), check.ref().key());
      output.argument(check.version());
    }
    for (WriteBatch.Write write : commit.writes()) {
      Space space = spaces.apply(write.ref());
      if (write instanceof WriteBatch.PutWrite put) {
        output.argument("SET");
        Reads.argument(output, space, put.ref().key());
        output.argument(put.value());
        argument(output, put.expiry());
      } else {
        output.argument("DEL");
        Reads.argument(output, space, write.ref().key());
      }
    }
    return 1;
  }

  private static int words(Condition condition) {
    return switch (condition) {
      case Condition.Always always -> 0;
      case Condition.IfAbsent absent -> 1;
      case Condition.IfPresent present -> 1;
      case Condition.IfVersion version -> 2;
      case Condition.IfEquals equals -> 2;
    };
  }

  private static void argument(RequestWriter output, Condition condition) {
    switch (condition) {
      case Condition.Always always -> {}
      case Condition.IfAbsent absent -> output.argument("IFABSENT");
      case Condition.IfPresent present -> output.argument("IFPRESENT");
      case Condition.IfVersion version -> {
        output.argument("IFVERSION");
        output.argument(version.version());
      }
      case Condition.IfEquals equals -> {
        output.argument("IFEQUALS");
        output.argument(equals.value());
      }
    }
  }

  /** How many arguments an expiry is. */
  static int words(Expiry expiry) {
    return switch (expiry) {
      case Expiry.Never never -> 0;
      case Expiry.Keep keep -> 1;
      case Expiry.After after -> 2;
      case Expiry.At at -> 2;
    };
  }

  /** Writes an expiry; the same words as in Redis's {@code SET}. */
  static void argument(RequestWriter output, Expiry expiry) {
    switch (expiry) {
      case Expiry.Never never -> {}
      case Expiry.Keep keep -> output.argument("KEEPTTL");
      case Expiry.After after -> {
        output.argument("PX");
        output.argument(millis(after));
      }
      case Expiry.At at -> {
        output.argument("PXAT");
        output.argument(at.epochMillis());
      }
    }
  }

  static long millis(Expiry.After after) {
    try {
      return after.ttl().toMillis();
    } catch (ArithmeticException e) {
      throw new InvalidOptionException("a time to live of " + after.ttl() + " ends beyond the calendar", e);
    }
  }
}
