package io.bitkv.api.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A way of writing values of one type next to others, so that a reader finds where each ends. Values are never null here.
 *
 * @param <T> the type of the values
 */
interface Format<T> {

  /** Writes a value. */
  void write(CodecOutput output, T value);

  /** Reads a value. */
  T read(CodecInput input);

  /** What the tag of nothing stands for. */
  default T nothing() {
    return null;
  }

  /** Makes a format of two functions. */
  static <T> Format<T> of(BiConsumer<CodecOutput, T> writer, Function<CodecInput, T> reader) {
    return new Format<>() {
      @Override
      public void write(CodecOutput output, T value) {
        writer.accept(output, value);
      }

      @Override
      public T read(CodecInput input) {
        return reader.apply(input);
      }
    };
  }

  /** The tagged format of a codec's values: its own where it has one, else its bytes. */
  static <T> Format<T> of(Codec<T> codec) {
    if (codec instanceof Formatted<T> formatted) {
      return formatted.format();
    }
    return of(
        (output, value) -> {
          output.tag(Tag.BYTES);
          output.sized(codec.encode(value));
        },
        input -> {
          input.expect(Tag.BYTES);
          return codec.decode(input.sized());
        });
  }

  /** Writes a value or, for null, the tag of nothing. */
  static <T> void writeNullable(CodecOutput output, Format<T> format, T value) {
    if (value == null) {
      output.tag(Tag.NULL);
    } else {
      format.write(output, value);
    }
  }

  /** Reads what {@link #writeNullable} wrote. */
  static <T> T readNullable(CodecInput input, Format<T> format) {
    if (input.peekTag() == Tag.NULL) {
      input.tag();
      return format.nothing();
    }
    return format.read(input);
  }

  /** A codec that can write its values in the tagged format. */
  interface Formatted<T> extends Codec<T> {
    /** The tagged format of the codec's values. */
    Format<T> format();
  }
}
