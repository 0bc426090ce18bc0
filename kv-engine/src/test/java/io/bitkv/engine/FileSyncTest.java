package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The file of a segment that the sync thread and a thread which seals it sync at the same time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileSyncTest {
  private final AtomicInteger asked = new AtomicInteger();
  private FileSync shared;

  @Test
  @DisplayName("F44 nobodyIsToldThatAllIsWellAfterAFailure: the system tells of it once")
  void nobodyIsToldThatAllIsWellAfterAFailure() {
    FileSync file = new FileSync(failingOnce(() -> null), Path.of("segment"));
    String first = assertThrows(SyncFailure.class, file::run).getMessage();
    assertEquals(first, assertThrows(SyncFailure.class, file::run).getMessage());
    assertEquals(1, asked.get());
  }

  @Test
  @DisplayName("F44 whoComesDuringASyncThatFailsFailsToo")
  void whoComesDuringASyncThatFailsFailsToo() throws Exception {
    FutureTask<SyncFailure> second = new FutureTask<>(() -> assertThrows(SyncFailure.class, () -> shared.run()));
    Thread thread = Thread.ofPlatform().unstarted(second);
    shared =
        new FileSync(
            failingOnce(
                () -> {
                  thread.start();
                  while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.TERMINATED) {
                    Thread.onSpinWait();
                  }
                  return null;
                }),
            Path.of("segment"));
    assertThrows(SyncFailure.class, shared::run);
    assertFalse(second.get().getMessage().isEmpty());
    assertEquals(1, asked.get());
  }

  /** A file whose first sync does something, and then fails; later ones succeed. */
  private Store failingOnce(Callable<Void> meanwhile) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (asked.getAndIncrement() == 0) {
                meanwhile.call();
                throw new IOException("Input/output error");
              }
              return null;
            });
  }
}
