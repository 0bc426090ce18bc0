package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTest {
  @TempDir Path directory;

  private static byte[] value(int length) {
    byte[] value = new byte[length];
    new Random(length).nextBytes(value);
    return value;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 243, 244, 1_000, 4_000, 5_000, 100_000})
  @DisplayName("valueIsReadWhole: below, at and above what a reader's window takes")
  void valueIsReadWhole(int length) {
    byte[] key = TestStores.bytes("k");
    byte[] value = value(length);
    try (EmbeddedStore store = KeyValueStore.open(directory, TestStores.options())) {
      Keyspace keyspace = store.keyspace(KeyspaceId.DEFAULT);
      keyspace.put(key, value);
      keyspace.put(TestStores.bytes("next"), value(9));
      byte[] target = new byte[length];
      keyspace.read(key, view -> {
        view.copyTo(target, 0);
        return target;
      });
      assertArrayEquals(value, target);
      assertArrayEquals(value, keyspace.get(key).orElseThrow());
    }
  }

  @Test
  @DisplayName("readWithinReadLeavesTheOuterValueAlone: each has a reader of its own")
  void readWithinReadLeavesTheOuterValueAlone() {
    byte[] outer = TestStores.bytes("outer");
    byte[] inner = TestStores.bytes("inner");
    try (EmbeddedStore store = KeyValueStore.open(directory, TestStores.options())) {
      Keyspace keyspace = store.keyspace(KeyspaceId.DEFAULT);
      keyspace.put(outer, value(100));
      keyspace.put(inner, value(90));
      byte[] target = new byte[100];
      keyspace.read(outer, view -> {
        assertArrayEquals(value(90), keyspace.get(inner).orElseThrow());
        view.copyTo(target, 0);
        return target;
      });
      assertArrayEquals(value(100), target);
    }
  }
}
