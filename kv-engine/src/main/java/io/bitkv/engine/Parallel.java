package io.bitkv.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Runs tasks on a few threads of its own. */
final class Parallel {
  private static final int MOST_THREADS = 8;
  private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().name("bitkv-recovery-", 0).factory();

  private Parallel() {}

  /** How many threads run tasks: as many as there are processors, within reason. */
  static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Runs all tasks; when all have ended, throws what one of them threw, if any did. An interrupt does not end the waiting. */
  static void run(List<Runnable> tasks) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads(), THREADS)) {
      tasks.forEach(task -> running.add(CompletableFuture.runAsync(task, executor)));
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw e;
      }
    }
  }
}
