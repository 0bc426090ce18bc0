package io.bitkv.server;

import io.bitkv.api.Keyspace;
import io.bitkv.api.Put;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands that take a string for a row of bits, the first of which is the highest of the first
 * byte: SETBIT, GETBIT, BITCOUNT, BITPOS, BITOP.
 */
final class BitCommands {

  private static final byte[] EMPTY = {};

  private BitCommands() {}

  static List<Command> commands() {
    return List.of(SETBIT, GETBIT, BITCOUNT, BITPOS, BITOP);
  }

  private static final Command SETBIT =
      Command.named("setbit", 4, "write denyoom", BitCommands::setbit)
          .key(1, "RW access update")
          .docs(
              "bitmap",
              "2.2.0",
              "O(N) with N bytes",
              "Sets a bit of a string, filling up with zero bytes, and returns the one before.",
              "key offset:integer value:integer");

  private static void setbit(Call call) {
    byte[] key = call.arguments().key(1);
    long offset = Bits.offset(call, 2);
    int bit = bit(call.arguments());
    boolean old =
        call.atomically(
            key,
            db -> {
              byte[] held = db.get(key).orElse(EMPTY);
              byte[] bytes = Bits.grown(call, held, offset);
              boolean before = Bits.isSet(bytes, offset);
              if (bytes.length > held.length || before != (bit == 1)) {
                Bits.set(bytes, offset, bit == 1);
                db.put(key, bytes, Put.always().keepExpiry());
              }
              return before;
            });
    call.reply().writeInteger(old ? 1 : 0);
  }

  private static int bit(Arguments arguments) {
    try {
      long bit = arguments.integer(3);
      if (bit == 0 || bit == 1) {
        return (int) bit;
      }
    } catch (CommandException e) {
      // The error below names what is wrong better.
    }
    throw new CommandException("ERR bit is not an integer or out of range");
  }

  private static final Command GETBIT =
      Command.named("getbit", 3, "readonly fast", BitCommands::getbit)
          .key(1, "RO access")
          .docs("bitmap", "2.2.0", "O(N) with N bytes", "Returns a bit of a string.", "key offset:integer");

  private static void getbit(Call call) {
    byte[] key = call.arguments().key(1);
    long offset = Bits.offset(call, 2);
    byte[] bytes = call.db().get(key).orElse(EMPTY);
    call.reply().writeInteger(Bits.isSet(bytes, offset) ? 1 : 0);
  }

  private static final Command BITCOUNT =
      Command.named("bitcount", -2, "readonly", BitCommands::bitcount)
          .key(1, "RO access")
          .docs(
              "bitmap",
              "2.6.0",
              "O(N) with N bytes",
              "Counts the bits of a string that are set.",
              "key [(start:integer end:integer [index-unit: BYTE | BIT])]");

  private static void bitcount(Call call) {
    Arguments arguments = call.arguments();
    byte[] bytes = call.db().get(arguments.key(1)).orElse(null);
    if (bytes == null) {
      call.reply().writeInteger(0);
      return;
    }
    if (arguments.count() == 3 || arguments.count() > 5) {
      throw CommandException.SYNTAX;
    }
    call.reply().writeInteger(counted(arguments, bytes.length).count(bytes));
  }

  private static BitRange counted(Arguments arguments, int length) {
    if (arguments.count() == 2) {
      return BitRange.ofBytes(0, length - 1L);
    }
    long start = arguments.integer(2);
    long end = arguments.integer(3);
    return start < 0 && end < 0 && start > end
        ? BitRange.EMPTY
        : BitRange.of(start, end, unit(arguments, 4), length);
  }

  /** Reads the unit that a range's bounds are in, bytes if there is none. */
  private static BitRange.Unit unit(Arguments arguments, int index) {
    if (arguments.count() <= index || arguments.is(index, "BYTE")) {
      return BitRange.Unit.BYTE;
    }
    if (arguments.is(index, "BIT")) {
      return BitRange.Unit.BIT;
    }
    throw CommandException.SYNTAX;
  }

  private static final Command BITPOS =
      Command.named("bitpos", -3, "readonly", BitCommands::bitpos)
          .key(1, "RO access")
          .docs(
              "bitmap",
              "2.8.7",
              "O(N) with N bytes",
              "Finds the first bit of a string that is set, or is not.",
              "key bit:integer [(start:integer [(end:integer [index-unit: BYTE | BIT])])]");

  private static void bitpos(Call call) {
    Arguments arguments = call.arguments();
    long bit = arguments.integer(2);
    if (bit != 0 && bit != 1) {
      throw new CommandException("ERR The bit argument must be 1 or 0.");
    }
    byte[] bytes = call.db().get(arguments.key(1)).orElse(null);
    if (bytes == null) {
      call.reply().writeInteger(bit == 1 ? -1 : 0);
      return;
    }
    BitRange range = range(arguments, bytes.length);
    long position = range.first(bytes, bit == 1);
    boolean isEndGiven = arguments.count() > 4;
    if (position < 0 && bit == 0 && !isEndGiven && !range.isEmpty()) {
      // Behind a string there are zero bits without end.
      position = 8L * bytes.length;
    }
    call.reply().writeInteger(position);
  }

  private static BitRange range(Arguments arguments, int length) {
    if (arguments.count() > 6) {
      throw CommandException.SYNTAX;
    }
    if (arguments.count() == 3) {
      return BitRange.ofBytes(0, length - 1L);
    }
    long start = arguments.integer(3);
    BitRange.Unit unit = unit(arguments, 5);
    long end = arguments.count() > 4 ? arguments.integer(4) : length - 1L;
    return BitRange.of(start, end, unit, length);
  }

  private static final Command BITOP =
      Command.named("bitop", -4, "write denyoom", BitCommands::bitop)
          .key(2, "OW update")
          .keys(3, -1, 1, "RO access")
          .docs(
              "bitmap",
              "2.6.0",
              "O(N) with N bytes",
              "Stores what strings become when their bits are put together.",
              "operation:string destkey:key key...");

  /** How the bits of several strings are put together. */
  private enum Operation {
    AND,
    OR,
    XOR,
    NOT
  }

  private static void bitop(Call call) {
    Arguments arguments = call.arguments();
    Operation operation = operation(arguments);
    if (operation == Operation.NOT && arguments.count() != 4) {
      throw new CommandException("ERR BITOP NOT must be called with a single source key.");
    }
    List<byte[]> keys = new ArrayList<>();
    for (int i = 2; i < arguments.count(); i++) {
      keys.add(arguments.key(i));
    }
    call.reply().writeInteger(call.atomically(keys, db -> store(db, operation, keys)));
  }

  private static Operation operation(Arguments arguments) {
    for (Operation operation : Operation.values()) {
      if (arguments.is(1, operation.name())) {
        return operation;
      }
    }
    throw CommandException.SYNTAX;
  }

  /** Stores the result under the first key, and returns its length; an empty one is none. */
  private static int store(Keyspace db, Operation operation, List<byte[]> keys) {
    List<byte[]> sources =
        keys.subList(1, keys.size()).stream().map(key -> db.get(key).orElse(EMPTY)).toList();
    int length = sources.stream().mapToInt(source -> source.length).max().orElse(0);
    byte[] result = Arrays.copyOf(sources.getFirst(), length);
    if (operation == Operation.NOT) {
      for (int i = 0; i < length; i++) {
        result[i] = (byte) ~result[i];
      }
    }
    for (byte[] source : sources.subList(1, sources.size())) {
      combine(operation, result, source);
    }
    if (length == 0) {
      db.delete(keys.getFirst());
    } else {
      db.put(keys.getFirst(), result);
    }
    return length;
  }

  /** Puts a string together with the result so far; one that is shorter ends in zeros. */
  private static void combine(Operation operation, byte[] result, byte[] source) {
    for (int i = 0; i < result.length; i++) {
      int b = i < source.length ? source[i] : 0;
      result[i] =
          (byte)
              switch (operation) {
                case AND -> result[i] & b;
                case OR -> result[i] | b;
                case XOR -> result[i] ^ b;
                case NOT -> throw new IllegalArgumentException("NOT has one source");
              };
    }
  }
}
