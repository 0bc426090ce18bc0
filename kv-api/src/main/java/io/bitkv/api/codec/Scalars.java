package io.bitkv.api.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The formats of single values, tagged for structures and bare for keys. */
final class Scalars {

  static final Format<Byte> BYTE = integer(Byte::longValue, value -> (byte) value);
  static final Format<Short> SHORT = integer(Short::longValue, value -> (short) value);
  static final Format<Character> CHARACTER = integer(value -> value, value -> (char) value);
  static final Format<Integer> INTEGER = integer(Integer::longValue, value -> (int) value);
  static final Format<Long> LONG = integer(Long::longValue, value -> value);
  static final Format<String> TEXT = text(text -> text, text -> text);

  static final Format<Boolean> BOOLEAN =
      Format.of(
          (output, value) -> output.tag(value ? Tag.TRUE : Tag.FALSE),
          input -> {
            byte tag = input.tag();
            if (tag != Tag.TRUE && tag != Tag.FALSE) {
              throw CodecInput.mismatch("a boolean", tag);
            }
            return tag == Tag.TRUE;
          });

  static final Format<Float> FLOAT =
      tagged(Tag.FLOAT, (output, value) -> output.fixed32(Float.floatToIntBits(value)), input -> Float.intBitsToFloat(input.fixed32()));

  static final Format<Double> DOUBLE =
      Format.of(
          (output, value) -> {
            output.tag(Tag.DOUBLE);
            output.fixed64(Double.doubleToLongBits(value));
          },
          Scalars::readDouble);

  static final Format<byte[]> BYTES = tagged(Tag.BYTES, CodecOutput::sized, CodecInput::sized);
  static final Format<UUID> UUID_VALUE = tagged(Tag.UUID, Scalars::writeUuid, Scalars::readUuid);

  static final Format<Instant> INSTANT =
      tagged(
          Tag.INSTANT,
          (output, value) -> {
            output.zigzag(value.getEpochSecond());
            output.varint(value.getNano());
          },
          input -> instant(input.zigzag(), input.varint()));

  static final Format<Integer> BARE_INT =
      Format.of(
          (output, value) -> output.fixed32(value ^ Integer.MIN_VALUE), input -> input.fixed32() ^ Integer.MIN_VALUE);

  static final Format<Long> BARE_LONG =
      Format.of((output, value) -> output.fixed64(value ^ Long.MIN_VALUE), input -> input.fixed64() ^ Long.MIN_VALUE);

  static final Format<Double> BARE_DOUBLE =
      Format.of(
          (output, value) -> {
            long bits = Double.doubleToLongBits(value);
            output.fixed64(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
          },
          input -> {
            long bits = input.fixed64();
            return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
          });

  static final Format<Boolean> BARE_BOOLEAN =
      Format.of(
          (output, value) -> output.tag((byte) (value ? 1 : 0)),
          input -> {
            byte value = input.tag();
            if (value != 0 && value != 1) {
              throw new CodecException("a boolean is 0 or 1, not " + value);
            }
            return value == 1;
          });

  static final Format<UUID> BARE_UUID = Format.of(Scalars::writeUuid, Scalars::readUuid);

  static final Format<Instant> BARE_INSTANT =
      Format.of(
          (output, value) -> {
            output.fixed64(value.getEpochSecond() ^ Long.MIN_VALUE);
            output.fixed32(value.getNano());
          },
          input -> instant(input.fixed64() ^ Long.MIN_VALUE, input.fixed32()));

  private Scalars() {}

  /** The format of a type that has a text form; the parser's refusal becomes a {@link CodecException}. */
  static <T> Format<T> text(Function<? super T, String> print, Function<String, T> parse) {
    return tagged(
        Tag.TEXT,
        (output, value) -> output.text(print.apply(value)),
        input -> {
          String text = input.text();
          try {
            return parse.apply(text);
          } catch (IllegalArgumentException | DateTimeException e) {
            throw new CodecException("the text cannot be parsed: " + e.getMessage(), e);
          }
        });
  }

  private static <T> Format<T> integer(ToLongFunction<T> widen, LongFunction<T> narrow) {
    return tagged(
        Tag.INTEGER,
        (output, value) -> output.zigzag(widen.applyAsLong(value)),
        input -> {
          long value = input.zigzag();
          T narrowed = narrow.apply(value);
          if (widen.applyAsLong(narrowed) != value) {
            throw new CodecException(value + " does not fit into a " + narrowed.getClass().getSimpleName().toLowerCase(Locale.ROOT));
          }
          return narrowed;
        });
  }

  private static <T> Format<T> tagged(byte tag, BiConsumer<CodecOutput, T> writer, Function<CodecInput, T> reader) {
    return Format.of(
        (output, value) -> {
          output.tag(tag);
          writer.accept(output, value);
        },
        input -> {
          input.expect(tag);
          return reader.apply(input);
        });
  }

  private static double readDouble(CodecInput input) {
    byte tag = input.tag();
    return switch (tag) {
      case Tag.DOUBLE -> Double.longBitsToDouble(input.fixed64());
      case Tag.FLOAT -> Float.intBitsToFloat(input.fixed32());
      case Tag.INTEGER -> input.zigzag();
      default -> throw CodecInput.mismatch("a double", tag);
    };
  }

  private static void writeUuid(CodecOutput output, UUID value) {
    output.fixed64(value.getMostSignificantBits());
    output.fixed64(value.getLeastSignificantBits());
  }

  private static UUID readUuid(CodecInput input) {
    return new UUID(input.fixed64(), input.fixed64());
  }

  private static Instant instant(long seconds, long nanos) {
    if (nanos < 0 || nanos > 999_999_999) {
      throw new CodecException("an instant has 0 to 999999999 nanoseconds, not " + nanos);
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException e) {
      throw new CodecException("second " + seconds + " lies beyond the calendar", e);
    }
  }
}
