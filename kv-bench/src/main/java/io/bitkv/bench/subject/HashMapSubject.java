package io.bitkv.bench.subject;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** A bare {@link ConcurrentHashMap}: no persistence at all, the ceiling of what a store on the heap could reach. */
final class HashMapSubject implements Subject {

  private record Key(byte[] bytes, int hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final ConcurrentHashMap<Key, byte[]> map = new ConcurrentHashMap<>();

  private static Key key(byte[] bytes) {
    return new Key(bytes, Arrays.hashCode(bytes));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    map.put(key(key.clone()), value.clone());
  }

  @Override
  public byte[] get(byte[] key) {
    byte[] value = map.get(key(key));
    return value == null ? null : value.clone();
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key(key));
  }

  @Override
  public void close() {
    map.clear();
  }
}
