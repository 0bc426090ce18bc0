package io.bitkv.api.codec;

import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The codec of a record class as a key: its components one after the other, so that the order of the bytes is the order of the
 * components, the first one foremost. Made by {@link Codec#ofKeyRecord(Class)}.
 *
 * {@snippet file="io/bitkv/api/codec/SnippetsTest.java" region="keys"}
 *
 * <p>Unlike that of {@link Codec#ofRecord(Class)} this form cannot be read after components were added, removed or reordered. Immutable
 * and safe for use by many threads.
 *
 * @param <R> the record class
 */
public final class KeyRecordCodec<R> implements Codec<R> {

  private final RecordAccess access;
  private final List<Format<Object>> parts;
  private final boolean isOrdered;

  private KeyRecordCodec(RecordAccess access, List<Format<Object>> parts, boolean isOrdered) {
    this.access = access;
    this.parts = List.copyOf(parts);
    this.isOrdered = isOrdered;
  }

  static <R> KeyRecordCodec<R> of(Class<R> type, Lookup lookup) {
    RecordAccess access = RecordAccess.of(type, lookup);
    List<Format<Object>> parts = new ArrayList<>();
    boolean isOrdered = true;
    for (int i = 0; i < access.components().length; i++) {
      Codec<?> codec = codecOf(access, i, lookup);
      Format<?> part = codec instanceof KeyRecordCodec<?> nested ? nested.part() : ((StandardCodec<?>) codec).keyPart();
      @SuppressWarnings("unchecked") // The codec was found by the component's own type.
      Format<Object> ofComponent = (Format<Object>) part;
      parts.add(ofComponent);
      isOrdered &= codec.isOrdered();
    }
    return new KeyRecordCodec<>(access, parts, isOrdered);
  }

  private static Codec<?> codecOf(RecordAccess access, int index, Lookup lookup) {
    Class<?> type = access.components()[index].getType();
    if (type.isRecord()) {
      return of(type, lookup);
    }
    if (type.isEnum()) {
      return Codecs.ofEnum(type);
    }
    return Codecs.single(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "component " + access.components()[index].getName() + " of the key " + access.type().getName() + " is a " + type.getName()
                        + ": only int, long, double, boolean, String, byte[], UUID, Instant, enums and records of these make keys"));
  }

  @Override
  public byte[] encode(R key) {
    CodecOutput output = new CodecOutput();
    write(output, Objects.requireNonNull(key, "key"));
    return output.toByteArray();
  }

  @Override
  public R decode(byte[] bytes) {
    CodecInput input = new CodecInput(bytes);
    R key = read(input);
    input.end();
    return key;
  }

  /**
   * Tells whether the bytes are ordered as the keys are.
   *
   * @return true, unless a component is an enum: its names have no useful order
   */
  @Override
  public boolean isOrdered() {
    return isOrdered;
  }

  /**
   * Makes what the bytes of all keys with certain leading components begin with.
   *
   * @param leading the first components' values, in their order
   * @return the prefix, for {@link io.bitkv.api.KvScan#prefix(byte[])}
   * @throws IllegalArgumentException if there are more values than components, or one is of another type than its component
   */
  public byte[] prefix(Object... leading) {
    if (leading.length > parts.size()) {
      throw new IllegalArgumentException(access.type().getName() + " has " + parts.size() + " components, not " + leading.length);
    }
    CodecOutput output = new CodecOutput();
    for (int i = 0; i < leading.length; i++) {
      try {
        write(output, i, leading[i]);
      } catch (ClassCastException e) {
        throw new IllegalArgumentException(
            "component " + access.components()[i].getName() + " of " + access.type().getName() + " cannot be a " + leading[i].getClass().getName(), e);
      }
    }
    return output.toByteArray();
  }

  /** The form of this record inside the key of another. */
  private Format<R> part() {
    return Format.of(this::write, this::read);
  }

  private void write(CodecOutput output, R key) {
    for (int i = 0; i < parts.size(); i++) {
      write(output, i, access.get(i, key));
    }
  }

  private void write(CodecOutput output, int index, Object value) {
    if (value == null) {
      throw new CodecException("component " + access.components()[index].getName() + " of the key " + access.type().getName() + " is null");
    }
    parts.get(index).write(output, value);
  }

  private R read(CodecInput input) {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(i).read(input);
    }
    @SuppressWarnings("unchecked") // The constructor is R's.
    R key = (R) access.make(values);
    return key;
  }
}
