package io.bitkv.api.codec;

import java.time.Instant;
import java.util.UUID;

/** Makes the constants of {@link Codec}; it keeps none itself, so that the order in which classes are initialized does not matter. */
final class Singles {

  private Singles() {}

  static Codec<String> string() {
    return StandardCodec.sized(Utf8::encode, bytes -> Utf8.decode(bytes, 0, bytes.length), Scalars.TEXT);
  }

  static Codec<byte[]> bytes() {
    return StandardCodec.sized(bytes -> bytes, bytes -> bytes, Scalars.BYTES);
  }

  static Codec<Integer> int32() {
    return StandardCodec.fixed(Integer.BYTES, Scalars.BARE_INT, Scalars.INTEGER);
  }

  static Codec<Long> int64() {
    return StandardCodec.fixed(Long.BYTES, Scalars.BARE_LONG, Scalars.LONG);
  }

  static Codec<Double> float64() {
    return StandardCodec.fixed(Double.BYTES, Scalars.BARE_DOUBLE, Scalars.DOUBLE);
  }

  static Codec<Boolean> bool() {
    return StandardCodec.fixed(1, Scalars.BARE_BOOLEAN, Scalars.BOOLEAN);
  }

  static Codec<UUID> uuid() {
    return StandardCodec.fixed(2 * Long.BYTES, Scalars.BARE_UUID, Scalars.UUID_VALUE);
  }

  static Codec<Instant> instant() {
    return StandardCodec.fixed(Long.BYTES + Integer.BYTES, Scalars.BARE_INSTANT, Scalars.INSTANT);
  }
}
