package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupted thread finishes what it does with the store, stays interrupted, and nobody else notices. */
@Timeout(120)
class InterruptTest {
  private static final byte[] VALUE = new byte[300];

  @TempDir private Path directory;

  private EmbeddedStore open() {
    return new KVStoreProvider().open(directory, TestStores.options());
  }

  @Test
  @DisplayName("F52 interruptedCallerGoesOnAndSoDoTheOthers: through rollovers, syncs, reads and reopening")
  void interruptedCallerGoesOnAndSoDoTheOthers() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (EmbeddedStore store = open()) {
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 500; i++) {
                        store.put(bytes("interrupted" + i), VALUE, i % 20 == 0 ? Put.always().durable() : Put.always());
                        assertArrayEquals(VALUE, store.get(bytes("interrupted" + i / 2)).orElseThrow());
                      }
                    } catch (Throwable e) {
                      failure.set(e);
                    } finally {
                      isOver.set(true);
                    }
                  });
      int others = 0;
      while (!isOver.get()) {
        caller.interrupt();
        store.put(bytes("other" + others), VALUE);
        assertArrayEquals(VALUE, store.get(bytes("other" + others / 2)).orElseThrow());
        others++;
      }
      caller.join();
      assertEquals(null, failure.get());
      assertEquals(500 + others, store.size());
    }
  }

  @Test
  @DisplayName("F52 interruptedThreadOpensWritesAndCloses: and is still interrupted then")
  void interruptedThreadOpensWritesAndCloses() {
    for (int i = 0; i < 3; i++) {
      Thread.currentThread().interrupt();
      try (EmbeddedStore store = open()) {
        store.put(bytes("key" + i), VALUE, Put.always().durable());
        for (int fill = 0; fill < 30; fill++) {
          store.put(bytes("fill" + fill), VALUE);
        }
      }
      assertTrue(Thread.interrupted());
    }
    try (EmbeddedStore store = open()) {
      assertEquals(33, store.size());
    }
  }
}
