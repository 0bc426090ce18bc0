package io.bitkv.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work on several threads. */
final class Threads {

  private Threads() {}

  /** The work of one thread, which is told its number, from 0. */
  @FunctionalInterface
  interface Work {
    void run(int thread) throws Exception;
  }

  /** Runs the work on so many threads, and waits for all of them; what one throws is thrown. */
  static void run(int count, Work work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        running.add(
            executor.submit(
                () -> {
                  work.run(thread);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
