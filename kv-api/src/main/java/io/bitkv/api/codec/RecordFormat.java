package io.bitkv.api.codec;

import java.util.Optional;

/**
 * The tagged format of a record class: its fields by name.
 *
 * @param <R> the record class
 */
final class RecordFormat<R> implements Format<R> {

  /**
   * A component of the record.
   *
   * @param name its name in UTF-8
   * @param format how it is written
   * @param missing what it is when it is not there
   */
  record Field(byte[] name, Format<Object> format, Object missing) {}

  private final RecordAccess access;
  private final Field[] fields;

  /** Takes the access and as many empty places for fields; they are filled before the format is used, for a record may contain itself. */
  RecordFormat(RecordAccess access) {
    this.access = access;
    this.fields = new Field[access.components().length];
  }

  /** Says how a component is written. */
  void define(int component, Format<?> format) {
    Object zero = RecordAccess.zero(access.components()[component].getType());
    @SuppressWarnings("unchecked") // The resolver found the format by the component's own type.
    Format<Object> ofComponent = (Format<Object>) format;
    fields[component] = new Field(Utf8.encode(access.components()[component].getName()), ofComponent, zero == null ? format.nothing() : zero);
  }

  @Override
  public void write(CodecOutput output, R record) {
    output.enter();
    output.tag(Tag.RECORD);
    Object[] values = new Object[fields.length];
    int present = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = access.get(i, record);
      present += isWritten(values[i]) ? 1 : 0;
    }
    output.varint(present);
    for (int i = 0; i < values.length; i++) {
      if (isWritten(values[i])) {
        output.sized(fields[i].name());
        writeField(output, i, values[i]);
      }
    }
    output.leave();
  }

  private static boolean isWritten(Object value) {
    return value != null && !Optional.empty().equals(value);
  }

  private void writeField(CodecOutput output, int index, Object value) {
    try {
      fields[index].format().write(output, value);
    } catch (CodecException e) {
      throw within(index, e);
    }
  }

  @Override
  public R read(CodecInput input) {
    input.expect(Tag.RECORD);
    input.enter();
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i].missing();
    }
    int count = input.count();
    int likely = 0;
    for (int i = 0; i < count; i++) {
      int index = readName(input, likely);
      if (index >= 0) {
        readField(input, values, index);
        likely = index + 1;
      }
    }
    input.leave();
    @SuppressWarnings("unchecked") // The constructor is R's.
    R record = (R) access.make(values);
    return record;
  }

  /** Reads a field's name and tells its index; skips the whole field and tells -1 when the record has none of that name. */
  private int readName(CodecInput input, int likely) {
    for (int i = 0; i < fields.length; i++) {
      int index = (likely + i) % fields.length;
      if (input.skipIfSized(fields[index].name())) {
        return index;
      }
    }
    input.skip(input.count());
    Structures.skip(input);
    return -1;
  }

  private void readField(CodecInput input, Object[] values, int index) {
    try {
      Object value = Format.readNullable(input, fields[index].format());
      values[index] = value == null ? fields[index].missing() : value;
    } catch (CodecException e) {
      throw within(index, e);
    }
  }

  private CodecException within(int index, CodecException cause) {
    return new CodecException(access.type().getSimpleName() + "." + access.components()[index].getName() + ": " + cause.getMessage(), cause);
  }
}
