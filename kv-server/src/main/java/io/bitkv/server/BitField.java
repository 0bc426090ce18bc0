package io.bitkv.server;

import io.bitkv.codec.resp.RespNumbers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of BITFIELD on a number inside a string.
 *
 * @param kind what is done
 * @param isSigned whether the number may be negative
 * @param width how many bits it has
 * @param offset its first bit, which is its highest
 * @param operand what to set it to, or to add to it
 * @param overflow what becomes of a result that it cannot hold
 */
record BitField(
    Kind kind, boolean isSigned, int width, long offset, long operand, Overflow overflow) {

  /** What is done with a number. */
  enum Kind {
    GET(2),
    SET(3),
    INCRBY(3);

    private final int argumentCount;

    Kind(int argumentCount) {
      this.argumentCount = argumentCount;
    }
  }

  /** What becomes of a result that a number cannot hold. */
  enum Overflow {
    /** Its lowest bits are kept. */
    WRAP,
    /** The greatest or the least number takes its place. */
    SAT,
    /** Nothing is written. */
    FAIL
  }

  /** Reads the operations of a request. */
  static List<BitField> parse(Call call) {
    Arguments arguments = call.arguments();
    List<BitField> fields = new ArrayList<>();
    Overflow overflow = Overflow.WRAP;
    int i = 2;
    while (i < arguments.count()) {
      int more = arguments.count() - 1 - i;
      if (arguments.is(i, "OVERFLOW") && more >= 1) {
        overflow = overflow(arguments, i + 1);
        i += 2;
      } else {
        Kind kind = kind(arguments, i, more);
        fields.add(parse(call, i + 1, kind, overflow));
        i += 1 + kind.argumentCount;
      }
    }
    return fields;
  }

  private static Kind kind(Arguments arguments, int index, int more) {
    for (Kind kind : Kind.values()) {
      if (arguments.is(index, kind.name()) && more >= kind.argumentCount) {
        return kind;
      }
    }
    throw CommandException.SYNTAX;
  }

  private static Overflow overflow(Arguments arguments, int index) {
    for (Overflow overflow : Overflow.values()) {
      if (arguments.is(index, overflow.name())) {
        return overflow;
      }
    }
    throw new CommandException("ERR Invalid OVERFLOW type specified");
  }

  private static BitField parse(Call call, int index, Kind kind, Overflow overflow) {
    String type = call.arguments().text(index);
    boolean isSigned = type.startsWith("i");
    int width = width(type, isSigned);
    long offset = Bits.offset(call, index + 1, width);
    long operand = kind == Kind.GET ? 0 : call.arguments().integer(index + 2);
    return new BitField(kind, isSigned, width, offset, operand, overflow);
  }

  private static int width(String type, boolean isSigned) {
    byte[] digits = type.substring(Math.min(1, type.length())).getBytes(StandardCharsets.UTF_8);
    if ((isSigned || type.startsWith("u")) && RespNumbers.isLong(digits, 0, digits.length)) {
      long width = RespNumbers.parseLong(digits, 0, digits.length);
      if (width >= 1 && width <= (isSigned ? Long.SIZE : Long.SIZE - 1)) {
        return (int) width;
      }
    }
    throw new CommandException(
        "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but"
            + " i64 is.");
  }

  boolean isWrite() {
    return kind != Kind.GET;
  }

  /** What stands in its place in a string, without regard to the sign. */
  long bits(byte[] bytes) {
    return Bits.read(bytes, offset, width);
  }

  /**
   * Carries it out on a string that is long enough to be written.
   *
   * @return the number read, the one before a SET, or the sum; null if an overflow made it fail
   */
  Long apply(byte[] bytes) {
    long old = fieldValue(bits(bytes));
    if (!isWrite()) {
      return old;
    }
    BigInteger wanted =
        kind == Kind.SET ? given() : BigInteger.valueOf(old).add(BigInteger.valueOf(operand));
    BigInteger held = fitting(wanted);
    if (overflow == Overflow.FAIL && !held.equals(wanted)) {
      return null;
    }
    Bits.write(bytes, offset, width, held.longValue());
    return kind == Kind.SET ? old : fieldValue(held.longValue());
  }

  /** What to set it to; for an unsigned number a negative one stands for its 64 bits. */
  private BigInteger given() {
    return isSigned ? BigInteger.valueOf(operand) : new BigInteger(Long.toUnsignedString(operand));
  }

  /** The number that is written for the one wanted. */
  private BigInteger fitting(BigInteger wanted) {
    BigInteger greatest = BigInteger.ONE.shiftLeft(isSigned ? width - 1 : width).subtract(BigInteger.ONE);
    BigInteger least = isSigned ? greatest.not() : BigInteger.ZERO;
    if (wanted.compareTo(least) >= 0 && wanted.compareTo(greatest) <= 0) {
      return wanted;
    }
    return switch (overflow) {
      case WRAP -> BigInteger.valueOf(fieldValue(wanted.longValue()));
      case SAT, FAIL -> wanted.signum() < 0 ? least : greatest;
    };
  }

  /** The number that the lowest bits are. */
  private long fieldValue(long bits) {
    int unused = Long.SIZE - width;
    return isSigned ? bits << unused >> unused : bits << unused >>> unused;
  }
}
