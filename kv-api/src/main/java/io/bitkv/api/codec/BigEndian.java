package io.bitkv.api.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays, the highest byte first. */
final class BigEndian {

  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static int getInt(byte[] source, int at) {
    return (int) INT.get(source, at);
  }

  static long getLong(byte[] source, int at) {
    return (long) LONG.get(source, at);
  }

  static void putInt(byte[] target, int at, int value) {
    INT.set(target, at, value);
  }

  static void putLong(byte[] target, int at, long value) {
    LONG.set(target, at, value);
  }
}
