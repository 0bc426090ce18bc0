package io.bitkv.api.codec;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A codec of two functions from elsewhere; what they throw is told as a {@link CodecException}.
 *
 * @param encoder makes bytes of a value
 * @param decoder makes a value of bytes
 * @param isOrdered whether the bytes are ordered as the values are
 * @param <T> the type of the values
 */
record Composed<T>(Function<? super T, byte[]> encoder, Function<byte[], ? extends T> decoder, boolean isOrdered) implements Codec<T> {

  @Override
  public byte[] encode(T value) {
    Objects.requireNonNull(value, "value");
    return guarded("encode", () -> encoder.apply(value));
  }

  @Override
  public T decode(byte[] bytes) {
    return guarded("decode", () -> decoder.apply(bytes));
  }

  private static <R> R guarded(String step, Supplier<R> function) {
    R result;
    try {
      result = function.get();
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("the codec's function failed to " + step + ": " + e, e);
    }
    if (result == null) {
      throw new CodecException("the codec's function to " + step + " returned null");
    }
    return result;
  }
}
