package io.bitkv.server;

import io.bitkv.api.Keyspace;
import io.bitkv.api.Put;
import io.bitkv.codec.resp.RespNumbers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Commands that count: INCR, DECR and their kin. */
final class CounterCommands {

  private static final Command INCR =
      Command.named("incr", 2, "write denyoom fast", call -> add(call, 1))
          .key(1, "RW access update")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Adds one to the integer of a key; none counts as 0.",
              "key");

  private static final Command DECR =
      Command.named("decr", 2, "write denyoom fast", call -> add(call, -1))
          .key(1, "RW access update")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Takes one from the integer of a key; none counts as 0.",
              "key");

  private static final Command INCRBY =
      Command.named(
              "incrby", 3, "write denyoom fast", call -> add(call, call.arguments().integer(2)))
          .key(1, "RW access update")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Adds to the integer of a key; none counts as 0.",
              "key increment");

  private CounterCommands() {}

  static List<Command> commands() {
    return List.of(INCR, DECR, INCRBY, DECRBY, INCRBYFLOAT);
  }

  private static final Command DECRBY =
      Command.named("decrby", 3, "write denyoom fast", CounterCommands::decrby)
          .key(1, "RW access update")
          .docs(
              "string",
              "1.0.0",
              "O(1)",
              "Takes from the integer of a key; none counts as 0.",
              "key decrement");

  private static void decrby(Call call) {
    long decrement = call.arguments().integer(2);
    if (decrement == Long.MIN_VALUE) {
      throw new CommandException("ERR decrement would overflow");
    }
    add(call, -decrement);
  }

  private static void add(Call call, long delta) {
    byte[] key = call.arguments().key(1);
    call.reply().writeInteger(call.atomically(key, db -> add(db, key, delta)));
  }

  private static long add(Keyspace db, byte[] key, long delta) {
    Optional<byte[]> old = db.get(key);
    long before = old.map(CounterCommands::integer).orElse(0L);
    long sum = before + delta;
    // It overflowed if both were of one sign and the sum is of the other.
    if (((before ^ sum) & (delta ^ sum)) < 0) {
      throw new CommandException("ERR increment or decrement would overflow");
    }
    byte[] digits = new byte[RespNumbers.MAX_LONG_BYTES];
    int length = RespNumbers.putLong(digits, 0, sum);
    db.put(key, Arrays.copyOf(digits, length), Put.always().keepExpiry());
    return sum;
  }

  private static long integer(byte[] value) {
    if (!RespNumbers.isLong(value, 0, value.length)) {
      throw CommandException.NOT_AN_INTEGER;
    }
    return RespNumbers.parseLong(value, 0, value.length);
  }

  private static final Command INCRBYFLOAT =
      Command.named("incrbyfloat", 3, "write denyoom fast", CounterCommands::incrbyfloat)
          .key(1, "RW access update")
          .docs(
              "string",
              "2.6.0",
              "O(1)",
              "Adds to the decimal number of a key; none counts as 0.",
              "key increment:double");

  private static void incrbyfloat(Call call) {
    byte[] key = call.arguments().key(1);
    byte[] increment = call.arguments().bytes(2);
    byte[] sum =
        call.atomically(
            key,
            db -> {
              BigDecimal before = db.get(key).map(Decimals::parse).orElse(BigDecimal.ZERO);
              byte[] digits =
                  Decimals.format(before.add(Decimals.parse(increment)))
                      .getBytes(StandardCharsets.US_ASCII);
              db.put(key, digits, Put.always().keepExpiry());
              return digits;
            });
    call.reply().writeBulk(sum);
  }
}
