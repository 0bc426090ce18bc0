package io.bitkv.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one piece of work on several threads at once. */
final class Threads {

  /** What each thread does. */
  @FunctionalInterface
  interface Work {
    /** Works; the threads are numbered from 0. */
    void run(int thread) throws Exception;
  }

  private Threads() {}

  /** Starts all threads at the same moment, and returns when all are done; the first failure is thrown. */
  static void run(int count, Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  work.run(thread);
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
  }
}
