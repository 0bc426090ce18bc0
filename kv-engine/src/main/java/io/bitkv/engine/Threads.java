package io.bitkv.engine;

/** Waits for threads. */
final class Threads {
  private Threads() {}

  /** Waits until a thread has ended; keeps an interrupt for the caller. */
  static void join(Thread thread) {
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
