package io.bitkv.api.codec;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds the format of a type as it is declared, for the components of one record class and of those within it. Used by one thread. */
final class FormatResolver {

  private static final Map<Class<?>, Format<?>> KNOWN =
      Map.ofEntries(
          Map.entry(boolean.class, Scalars.BOOLEAN),
          Map.entry(Boolean.class, Scalars.BOOLEAN),
          Map.entry(byte.class, Scalars.BYTE),
          Map.entry(Byte.class, Scalars.BYTE),
          Map.entry(short.class, Scalars.SHORT),
          Map.entry(Short.class, Scalars.SHORT),
          Map.entry(char.class, Scalars.CHARACTER),
          Map.entry(Character.class, Scalars.CHARACTER),
          Map.entry(int.class, Scalars.INTEGER),
          Map.entry(Integer.class, Scalars.INTEGER),
          Map.entry(long.class, Scalars.LONG),
          Map.entry(Long.class, Scalars.LONG),
          Map.entry(float.class, Scalars.FLOAT),
          Map.entry(Float.class, Scalars.FLOAT),
          Map.entry(double.class, Scalars.DOUBLE),
          Map.entry(Double.class, Scalars.DOUBLE),
          Map.entry(String.class, Scalars.TEXT),
          Map.entry(byte[].class, Scalars.BYTES),
          Map.entry(UUID.class, Scalars.UUID_VALUE),
          Map.entry(Instant.class, Scalars.INSTANT),
          Map.entry(BigInteger.class, Scalars.text(BigInteger::toString, BigInteger::new)),
          Map.entry(BigDecimal.class, Scalars.text(BigDecimal::toString, BigDecimal::new)),
          Map.entry(Duration.class, Scalars.text(Duration::toString, Duration::parse)),
          Map.entry(LocalDate.class, Scalars.text(LocalDate::toString, LocalDate::parse)),
          Map.entry(LocalTime.class, Scalars.text(LocalTime::toString, LocalTime::parse)),
          Map.entry(LocalDateTime.class, Scalars.text(LocalDateTime::toString, LocalDateTime::parse)),
          Map.entry(OffsetDateTime.class, Scalars.text(OffsetDateTime::toString, OffsetDateTime::parse)),
          Map.entry(ZonedDateTime.class, Scalars.text(ZonedDateTime::toString, ZonedDateTime::parse)),
          Map.entry(URI.class, Scalars.text(URI::toString, URI::create)));

  private final Lookup lookup;
  private final Map<Class<?>, RecordFormat<?>> records = new HashMap<>();

  /**
   * Makes a resolver.
   *
   * @param lookup what may see the records, or null
   */
  FormatResolver(Lookup lookup) {
    this.lookup = lookup;
  }

  /** Finds the format of a record class. */
  <R> RecordFormat<R> record(Class<R> type) {
    @SuppressWarnings("unchecked") // Only this method fills the map.
    RecordFormat<R> found = (RecordFormat<R>) records.get(type);
    if (found != null) {
      return found;
    }
    RecordAccess access = RecordAccess.of(type, lookup);
    RecordFormat<R> format = new RecordFormat<>(access);
    records.put(type, format);
    for (int i = 0; i < access.components().length; i++) {
      format.define(i, component(access.components()[i]));
    }
    return format;
  }

  private Format<?> component(RecordComponent component) {
    try {
      return find(component.getGenericType());
    } catch (UnknownTypeException e) {
      throw new IllegalArgumentException(
          "component " + component.getName() + " of " + component.getDeclaringRecord().getName() + " has " + e.getMessage()
              + ": use another type, or offer a CodecProvider for it",
          e);
    }
  }

  private Format<?> find(Type type) {
    return switch (type) {
      case Class<?> plain -> find(plain);
      case ParameterizedType generic -> find(generic);
      case WildcardType wildcard -> find(wildcard.getUpperBounds()[0]);
      default -> throw new UnknownTypeException(type);
    };
  }

  private Format<?> find(Class<?> type) {
    Format<?> known = KNOWN.get(type);
    if (known != null) {
      return known;
    }
    Optional<Codec<?>> provided = Codecs.provided(type);
    if (provided.isPresent()) {
      return Format.of(provided.get());
    }
    if (type.isEnum()) {
      return Codecs.ofEnum(type).format();
    }
    if (type.isRecord() && type.getTypeParameters().length == 0) {
      return record(type);
    }
    throw new UnknownTypeException(type);
  }

  private Format<?> find(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    Type raw = type.getRawType();
    if (raw == List.class) {
      return Structures.list(find(arguments[0]));
    }
    if (raw == Set.class) {
      return Structures.set(find(arguments[0]));
    }
    if (raw == Map.class) {
      return Structures.map(find(arguments[0]), find(arguments[1]));
    }
    if (raw == Optional.class) {
      return Structures.optional(find(arguments[0]));
    }
    throw new UnknownTypeException(type);
  }

  /** No codec is known for a type. */
  private static final class UnknownTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownTypeException(Type type) {
      super("the type " + type.getTypeName() + ", for which no codec is known");
    }
  }
}
