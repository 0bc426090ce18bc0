package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Progress;
import io.bitkv.api.WriteBatch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer sets all keys of a batch to one number, then to the next, and merges: whoever looks at the store from outside never sees two
 * numbers.
 */
@Timeout(120)
class OneMomentTest {
  private static final int KEYS = 10;

  @TempDir private Path temporary;

  /** What looks at the store in a directory. */
  private interface Look {
    void at(Path directory) throws Exception;
  }

  private void whileNumbersGrow(Look look) throws Exception {
    Path directory = temporary.resolve("store");
    AtomicBoolean isOver = new AtomicBoolean();
    try (EmbeddedStore writer = new KVStoreProvider().open(directory, options());
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      writer.commit(numbered(0));
      Future<?> writing =
          executor.submit(
              () -> {
                for (int i = 1; !isOver.get(); i++) {
                  writer.commit(numbered(i));
                  if (i % 100 == 0) {
                    writer.merges().run(true);
                  }
                }
              });
      try {
        look.at(directory);
      } finally {
        isOver.set(true);
      }
      writing.get(30, TimeUnit.SECONDS);
    }
  }

  private static WriteBatch numbered(int number) {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < KEYS; i++) {
      batch.put(bytes("key" + i), bytes(Integer.toString(number)));
    }
    return batch;
  }

  private static int onlyNumber(Map<String, String> contents) {
    Set<String> numbers = new HashSet<>(contents.values());
    assertEquals(1, numbers.size(), numbers::toString);
    assertEquals(KEYS, contents.size());
    return Integer.parseInt(numbers.iterator().next());
  }

  @Test
  void everyRefreshShowsOneMoment() throws Exception {
    whileNumbersGrow(
        directory -> {
          try (EmbeddedStore reader = new KVStoreProvider().open(directory, options().withReadOnly(true))) {
            int last = 0;
            for (int round = 0; round < 100; round++) {
              reader.refresh();
              int number = onlyNumber(TestStores.contents(reader));
              assertTrue(number >= last, number + " after " + last);
              last = number;
            }
            assertTrue(last > 0);
          }
        });
  }

  @Test
  void everyBackupIsOneMoment() throws Exception {
    KVStoreTools tools = new KVStoreTools();
    whileNumbersGrow(
        directory -> {
          for (int round = 0; round < 10; round++) {
            Path restored = temporary.resolve("restored-" + round);
            Path backup = tools.backup(directory, temporary.resolve("backups"), Progress.none()).directory();
            tools.restore(backup, restored, Progress.none());
            try (EmbeddedStore store = new KVStoreProvider().open(restored, options())) {
              onlyNumber(TestStores.contents(store));
            }
          }
        });
  }
}
