package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A closed store gives back what it had, and tells whoever still uses it. */
@Timeout(120)
class CloseTest {
  private static final int READERS = 3;
  private static final int ROUNDS = 20;

  @TempDir private Path directory;

  private EmbeddedStore open() {
    return new KVStoreProvider().open(directory, TestStores.options());
  }

  @Test
  void closedStoreGivesTheMemoryOfItsKeyDirectoryBack() {
    KeyDirectory keys;
    KeySlice key;
    try (EmbeddedStore store = open()) {
      store.put(bytes("key"), bytes("value"));
      KeyspaceState keyspace = ((KVStore) store).keyspaces().find(KeyspaceId.DEFAULT);
      keys = keyspace.directory();
      key = keyspace.slice(bytes("key"), 0, 3);
    }
    assertThrows(StoreClosedException.class, () -> keys.find(key, location -> KeyMatcher.Match.SAME));
  }

  @Test
  void readersThatRaceTheEndOfAStoreAreToldThatItIsClosed() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(READERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        CountDownLatch reading = new CountDownLatch(READERS);
        List<Future<?>> readers = new ArrayList<>();
        try (EmbeddedStore store = open()) {
          store.put(bytes("key"), bytes("value"));
          for (int reader = 0; reader < READERS; reader++) {
            readers.add(executor.submit(() -> readForEver(store, reading)));
          }
          reading.await();
        }
        for (Future<?> reader : readers) {
          ExecutionException end = assertThrows(ExecutionException.class, () -> reader.get(60, TimeUnit.SECONDS));
          assertEquals(StoreClosedException.class, end.getCause().getClass(), () -> "ended by " + end.getCause());
        }
      }
    }
  }

  private static void readForEver(EmbeddedStore store, CountDownLatch reading) {
    store.get(bytes("key"));
    reading.countDown();
    while (true) {
      assertEquals("value", TestStores.text(store.get(bytes("key")).orElseThrow()));
      try (Stream<byte[]> keys = store.keyspace(KeyspaceId.DEFAULT).keys(Scan.all())) {
        assertEquals(1, keys.count());
      }
    }
  }
}
