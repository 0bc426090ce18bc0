package io.bitkv.api.codec;

import java.util.Objects;

/**
 * A codec whose values are written in the tagged format.
 *
 * @param format the format
 * @param <T> the type of the values
 */
record StructuredCodec<T>(Format<T> format) implements Format.Formatted<T> {

  @Override
  public byte[] encode(T value) {
    CodecOutput output = new CodecOutput();
    format.write(output, Objects.requireNonNull(value, "value"));
    return output.toByteArray();
  }

  @Override
  public T decode(byte[] bytes) {
    CodecInput input = new CodecInput(bytes);
    T value = format.read(input);
    input.end();
    return value;
  }
}
