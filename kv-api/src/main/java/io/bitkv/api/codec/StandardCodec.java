package io.bitkv.api.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A codec of single values in its three forms: bare, as a part of a key, and tagged inside a structure.
 *
 * @param <T> the type of the values
 */
final class StandardCodec<T> implements Format.Formatted<T> {

  private final Function<T, byte[]> encoder;
  private final Function<byte[], T> decoder;
  private final Format<T> keyPart;
  private final Format<T> format;
  private final boolean isOrdered;

  private StandardCodec(Function<T, byte[]> encoder, Function<byte[], T> decoder, Format<T> keyPart, Format<T> format, boolean isOrdered) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.keyPart = keyPart;
    this.format = format;
    this.isOrdered = isOrdered;
  }

  /** A codec whose bare values all have one length, and are parts of keys as they are. */
  static <T> StandardCodec<T> fixed(int length, Format<T> bare, Format<T> format) {
    return new StandardCodec<>(
        value -> {
          CodecOutput output = new CodecOutput(length);
          bare.write(output, value);
          return output.toByteArray();
        },
        bytes -> {
          if (bytes.length != length) {
            throw new CodecException("expected " + length + " bytes, found " + bytes.length);
          }
          return bare.read(new CodecInput(bytes));
        },
        bare,
        format,
        true);
  }

  /** A codec whose bare values have any length, and are ended by a mark as parts of keys. */
  static <T> StandardCodec<T> sized(Function<T, byte[]> encoder, Function<byte[], T> decoder, Format<T> format) {
    return new StandardCodec<>(encoder, decoder, terminated(encoder, decoder), format, true);
  }

  /** The codec of an enum, by the names of its constants, so that they may be reordered. */
  static <E extends Enum<E>> StandardCodec<E> ofEnum(Class<E> type) {
    Map<String, E> constants = new HashMap<>();
    Arrays.stream(type.getEnumConstants()).forEach(constant -> constants.put(constant.name(), constant));
    Function<String, E> find =
        name -> {
          E constant = constants.get(name);
          if (constant == null) {
            throw new CodecException(type.getName() + " has no constant " + name);
          }
          return constant;
        };
    Function<E, byte[]> encoder = value -> Utf8.encode(value.name());
    Function<byte[], E> decoder = bytes -> find.apply(Utf8.decode(bytes, 0, bytes.length));
    return new StandardCodec<>(encoder, decoder, terminated(encoder, decoder), Scalars.text(Enum::name, find), false);
  }

  private static <T> Format<T> terminated(Function<T, byte[]> encoder, Function<byte[], T> decoder) {
    return Format.of((output, value) -> output.terminated(encoder.apply(value)), input -> decoder.apply(input.terminated()));
  }

  @Override
  public byte[] encode(T value) {
    return encoder.apply(Objects.requireNonNull(value, "value"));
  }

  @Override
  public T decode(byte[] bytes) {
    return decoder.apply(bytes);
  }

  @Override
  public boolean isOrdered() {
    return isOrdered;
  }

  /** The form of a value inside a key of several. */
  Format<T> keyPart() {
    return keyPart;
  }

  @Override
  public Format<T> format() {
    return format;
  }
}
