package io.bitkv.api.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The tagged formats of lists, sets, maps and optional values, and how a value is skipped. What they read is unmodifiable. */
final class Structures {

  private Structures() {}

  static <E> Format<List<E>> list(Format<E> element) {
    return collection(element, ArrayList::new, Collections::unmodifiableList);
  }

  static <E> Format<Set<E>> set(Format<E> element) {
    return collection(element, LinkedHashSet::newLinkedHashSet, Collections::unmodifiableSet);
  }

  static <K, V> Format<Map<K, V>> map(Format<K> key, Format<V> value) {
    return Format.of(
        (output, map) -> {
          output.enter();
          output.tag(Tag.MAP);
          output.varint(map.size());
          map.forEach(
              (k, v) -> {
                Format.writeNullable(output, key, k);
                Format.writeNullable(output, value, v);
              });
          output.leave();
        },
        input -> {
          input.expect(Tag.MAP);
          input.enter();
          int count = input.count();
          Map<K, V> map = LinkedHashMap.newLinkedHashMap(count);
          for (int i = 0; i < count; i++) {
            K k = Format.readNullable(input, key);
            map.put(k, Format.readNullable(input, value));
          }
          input.leave();
          return Collections.unmodifiableMap(map);
        });
  }

  static <T> Format<Optional<T>> optional(Format<T> value) {
    if (value instanceof OptionalFormat<?>) {
      throw new IllegalArgumentException("an Optional of an Optional has no form in bytes: use one of them");
    }
    return new OptionalFormat<>(value);
  }

  /** An empty value is the null of the format. */
  record OptionalFormat<T>(Format<T> value) implements Format<Optional<T>> {
    @Override
    public void write(CodecOutput output, Optional<T> optional) {
      Format.writeNullable(output, value, optional.orElse(null));
    }

    @Override
    public Optional<T> read(CodecInput input) {
      return Optional.ofNullable(Format.readNullable(input, value));
    }

    @Override
    public Optional<T> nothing() {
      return Optional.empty();
    }
  }

  /** Reads over a value of any kind. */
  static void skip(CodecInput input) {
    byte tag = input.tag();
    switch (tag) {
      case Tag.NULL, Tag.FALSE, Tag.TRUE -> {}
      case Tag.INTEGER -> input.varint();
      case Tag.FLOAT -> input.skip(Float.BYTES);
      case Tag.DOUBLE -> input.skip(Double.BYTES);
      case Tag.TEXT, Tag.BYTES -> input.skip(input.count());
      case Tag.UUID -> input.skip(2 * Long.BYTES);
      case Tag.INSTANT -> {
        input.varint();
        input.varint();
      }
      case Tag.LIST -> skipEach(input, false, 1);
      case Tag.MAP -> skipEach(input, false, 2);
      case Tag.RECORD -> skipEach(input, true, 1);
      default -> throw new CodecException("found " + Tag.name(tag));
    }
  }

  private static void skipEach(CodecInput input, boolean isNamed, int values) {
    input.enter();
    int count = input.count();
    for (int i = 0; i < count; i++) {
      if (isNamed) {
        input.skip(input.count());
      }
      for (int value = 0; value < values; value++) {
        skip(input);
      }
    }
    input.leave();
  }

  private static <E, C extends Collection<E>> Format<C> collection(Format<E> element, IntFunction<C> make, Function<C, C> seal) {
    return Format.of(
        (output, elements) -> {
          output.enter();
          output.tag(Tag.LIST);
          output.varint(elements.size());
          elements.forEach(each -> Format.writeNullable(output, element, each));
          output.leave();
        },
        input -> {
          input.expect(Tag.LIST);
          input.enter();
          int count = input.count();
          C elements = make.apply(count);
          for (int i = 0; i < count; i++) {
            elements.add(Format.readNullable(input, element));
          }
          input.leave();
          return seal.apply(elements);
        });
  }
}
