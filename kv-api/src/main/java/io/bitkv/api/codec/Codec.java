package io.bitkv.api.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Turns values of one type into bytes and back. A {@link io.bitkv.api.KvMap} has one for its keys and one for its values.
 *
 * {@snippet file="io/bitkv/api/codec/SnippetsTest.java" region="codecs"}
 *
 * <p>The bytes are specified in this package's description. Implementations must be safe for use by many threads, must encode equal keys
 * to equal bytes, and take no null.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

  /** Strings, in UTF-8; ordered by code point, which differs from {@link String#compareTo} beyond U+FFFF only. */
  Codec<String> STRING = Singles.string();

  /** Byte arrays, as they are; ordered unsigned. Neither the array that is encoded nor the one that is decoded is copied. */
  Codec<byte[]> BYTES = Singles.bytes();

  /** Integers of 32 bits; ordered. */
  Codec<Integer> INT = Singles.int32();

  /** Integers of 64 bits; ordered. */
  Codec<Long> LONG = Singles.int64();

  /** Floating-point numbers of 64 bits; ordered as {@link Double#compare} has them. */
  Codec<Double> DOUBLE = Singles.float64();

  /** Booleans; ordered. */
  Codec<Boolean> BOOLEAN = Singles.bool();

  /** UUIDs; ordered as their text is, unlike {@link UUID#compareTo}, which takes the halves for signed. */
  Codec<UUID> UUID = Singles.uuid();

  /** Points in time, to the nanosecond; ordered. */
  Codec<Instant> INSTANT = Singles.instant();

  /**
   * Turns a value into bytes.
   *
   * @param value the value, not null
   * @return its bytes
   * @throws CodecException if the value has no form in bytes
   */
  byte[] encode(T value);

  /**
   * Turns bytes into a value.
   *
   * @param bytes what {@link #encode} returned, now or in an earlier version of the program
   * @return the value, not null
   * @throws CodecException if the bytes hold no such value
   */
  T decode(byte[] bytes);

  /**
   * Tells whether the unsigned order of the bytes is the order of the values, as a scan over a range of keys needs it.
   *
   * @return whether it is
   */
  default boolean isOrdered() {
    return false;
  }

  /**
   * Makes a codec of another type whose values are converted to and from this one's.
   *
   * @param afterDecode makes the other type's value; what it throws becomes a {@link CodecException}
   * @param beforeEncode makes this type's value
   * @param <U> the other type
   * @return that codec; it is not ordered, see {@link #ordered()}
   */
  default <U> Codec<U> convert(Function<? super T, ? extends U> afterDecode, Function<? super U, ? extends T> beforeEncode) {
    Objects.requireNonNull(afterDecode, "afterDecode");
    Objects.requireNonNull(beforeEncode, "beforeEncode");
    return new Composed<>(value -> encode(beforeEncode.apply(value)), bytes -> afterDecode.apply(decode(bytes)), false);
  }

  /**
   * Declares that this codec's bytes are ordered as its values are, which only its author can know.
   *
   * @return the same codec, ordered
   */
  default Codec<T> ordered() {
    return new Composed<>(this::encode, this::decode, true);
  }

  /**
   * Makes a codec of two functions.
   *
   * @param encoder makes bytes of a value; what it throws becomes a {@link CodecException}, and so below
   * @param decoder makes a value of bytes
   * @param <T> the type of the values
   * @return the codec; it is not ordered, see {@link #ordered()}
   */
  static <T> Codec<T> of(Function<? super T, byte[]> encoder, Function<byte[], ? extends T> decoder) {
    return new Composed<>(Objects.requireNonNull(encoder, "encoder"), Objects.requireNonNull(decoder, "decoder"), false);
  }

  /**
   * Finds the codec of a type: a constant of this interface, one of a {@link CodecProvider}, that of an enum or that of a record.
   *
   * @param type the type
   * @param <T> the type
   * @return its codec
   * @throws IllegalArgumentException if there is none
   */
  static <T> Codec<T> of(Class<T> type) {
    @SuppressWarnings("unchecked") // Codecs are found by the type of their values.
    Codec<T> codec = (Codec<T>) Codecs.of(type, null);
    return codec;
  }

  /**
   * Makes the codec of an enum, by the names of its constants: they may be reordered and added to, not renamed.
   *
   * @param type the enum
   * @param <E> the enum
   * @return its codec
   */
  static <E extends Enum<E>> Codec<E> ofEnum(Class<E> type) {
    return StandardCodec.ofEnum(type);
  }

  /**
   * Makes the codec of a record class, by the names of its components: they may be reordered, added to, removed and widened while old
   * values remain. Components may be of primitive types and their wrappers, {@code String}, {@code byte[]}, {@code UUID}, {@code
   * BigInteger}, {@code BigDecimal}, {@code URI}, the common types of {@code java.time}, enums, records, {@code List}, {@code Set},
   * {@code Map} and {@code Optional} of these, and what a {@link CodecProvider} knows. A component that an old value lacks is 0, false,
   * null or an empty {@code Optional}; the record's constructor may put something better in its place.
   *
   * @param type a record class that is public in an exported package, or whose package its module {@code opens} to {@code io.bitkv.api}
   * @param <R> the record class
   * @return its codec
   * @throws IllegalArgumentException if the class cannot be reached, or a component has a type without a codec
   */
  static <R extends Record> Codec<R> ofRecord(Class<R> type) {
    return new StructuredCodec<>(new FormatResolver(null).record(type));
  }

  /**
   * Makes the codec of a record class that the caller can see, so that its module need not open anything.
   *
   * @param type the record class
   * @param lookup {@link MethodHandles#lookup()}, called in the record's module
   * @param <R> the record class
   * @return its codec, see {@link #ofRecord(Class)}
   * @throws IllegalArgumentException if the lookup cannot reach the class, or a component has a type without a codec
   */
  static <R extends Record> Codec<R> ofRecord(Class<R> type, Lookup lookup) {
    return new StructuredCodec<>(new FormatResolver(Objects.requireNonNull(lookup, "lookup")).record(type));
  }

  /**
   * Makes the codec of a record class as a key, ordered by its components.
   *
   * @param type a record class, to be reached as {@link #ofRecord(Class)} tells; its components are ints, longs, doubles, booleans,
   *     strings, byte arrays, UUIDs, instants, enums or records of these
   * @param <R> the record class
   * @return its codec
   * @throws IllegalArgumentException if the class cannot be reached, or a component has another type
   */
  static <R extends Record> KeyRecordCodec<R> ofKeyRecord(Class<R> type) {
    return KeyRecordCodec.of(type, null);
  }

  /**
   * Makes the codec of a record class as a key, ordered by its components.
   *
   * @param type the record class, see {@link #ofKeyRecord(Class)}
   * @param lookup {@link MethodHandles#lookup()}, called in the record's module
   * @param <R> the record class
   * @return its codec
   * @throws IllegalArgumentException if the lookup cannot reach the class, or a component has another type
   */
  static <R extends Record> KeyRecordCodec<R> ofKeyRecord(Class<R> type, Lookup lookup) {
    return KeyRecordCodec.of(type, Objects.requireNonNull(lookup, "lookup"));
  }

  /**
   * Makes the codec of lists, which keep their order and may hold nulls.
   *
   * @param element the codec of their elements
   * @param <E> the type of their elements
   * @return the codec; the lists it decodes are unmodifiable
   */
  static <E> Codec<List<E>> ofList(Codec<E> element) {
    return new StructuredCodec<>(Structures.list(Format.of(element)));
  }

  /**
   * Makes the codec of maps, which keep their order and may hold nulls.
   *
   * @param key the codec of their keys
   * @param value the codec of their values
   * @param <K> the type of their keys
   * @param <V> the type of their values
   * @return the codec; the maps it decodes are unmodifiable
   */
  static <K, V> Codec<Map<K, V>> ofMap(Codec<K> key, Codec<V> value) {
    return new StructuredCodec<>(Structures.map(Format.of(key), Format.of(value)));
  }

  /**
   * Makes the codec of optional values.
   *
   * @param value the codec of what is there
   * @param <T> the type of what is there
   * @return the codec
   * @throws IllegalArgumentException if the values are optional themselves
   */
  static <T> Codec<Optional<T>> ofOptional(Codec<T> value) {
    return new StructuredCodec<>(Structures.optional(Format.of(value)));
  }
}
