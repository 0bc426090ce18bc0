package io.bitkv.api.codec;

import java.lang.invoke.MethodHandles.Lookup;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;

/** Where codecs are found by type. */
final class Codecs {

  private static final Map<Class<?>, Codec<?>> SINGLE =
      Map.ofEntries(
          Map.entry(String.class, Codec.STRING),
          Map.entry(byte[].class, Codec.BYTES),
          Map.entry(int.class, Codec.INT),
          Map.entry(Integer.class, Codec.INT),
          Map.entry(long.class, Codec.LONG),
          Map.entry(Long.class, Codec.LONG),
          Map.entry(double.class, Codec.DOUBLE),
          Map.entry(Double.class, Codec.DOUBLE),
          Map.entry(boolean.class, Codec.BOOLEAN),
          Map.entry(Boolean.class, Codec.BOOLEAN),
          Map.entry(UUID.class, Codec.UUID),
          Map.entry(Instant.class, Codec.INSTANT));

  private Codecs() {}

  /** The codec of a type that has a constant in {@link Codec}. */
  static Optional<StandardCodec<?>> single(Class<?> type) {
    return Optional.ofNullable((StandardCodec<?>) SINGLE.get(type));
  }

  /** The codec of an enum of which only the class is known. */
  static StandardCodec<?> ofEnum(Class<?> type) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // The caller asked isEnum().
    StandardCodec<?> codec = StandardCodec.ofEnum((Class) type);
    return codec;
  }

  /** The codec that a provider has for a type. */
  static Optional<Codec<?>> provided(Class<?> type) {
    return ServiceLoader.load(CodecProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(provider -> provider.codec(type).stream())
        .findFirst();
  }

  /** The codec of any type. */
  static Codec<?> of(Class<?> type, Lookup lookup) {
    Codec<?> single = SINGLE.get(type);
    if (single != null) {
      return single;
    }
    Optional<Codec<?>> provided = provided(type);
    if (provided.isPresent()) {
      return provided.get();
    }
    if (type.isEnum()) {
      return ofEnum(type);
    }
    if (type.isRecord()) {
      return new StructuredCodec<>(new FormatResolver(lookup).record(type));
    }
    throw new IllegalArgumentException("no codec is known for " + type.getName() + ": make one with Codec.of(encoder, decoder) or offer a CodecProvider");
  }
}
