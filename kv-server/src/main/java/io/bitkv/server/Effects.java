package io.bitkv.server;

import io.bitkv.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What commands do that others notice beside the data. A step of the store may fail, or be taken
 * again from the beginning, so while one is under way they are only collected, and happen once it
 * has been applied. Used by one event loop.
 */
final class Effects {

  private final List<Runnable> collected = new ArrayList<>(0);
  private boolean isCollecting;

  /** Lets something happen: at once, or once the step that is under way has been applied. */
  void add(Runnable effect, boolean isLater) {
    if (isLater || isCollecting) {
      collected.add(effect);
    } else {
      effect.run();
    }
  }

  /** Forgets what was collected. */
  void drop() {
    collected.clear();
  }

  /** Lets happen what was collected. */
  void run() {
    List<Runnable> due = List.copyOf(collected);
    collected.clear();
    due.forEach(Runnable::run);
  }

  /**
   * Has the store take a step, and lets happen what belongs to it once it has been applied.
   *
   * @param body the step
   * @param store what takes it
   */
  <R> R collect(Function<Transaction, R> body, Function<Function<Transaction, R>, R> store) {
    isCollecting = true;
    try {
      R result =
          store.apply(
              open -> {
                collected.clear();
                return body.apply(open);
              });
      isCollecting = false;
      run();
      return result;
    } finally {
      isCollecting = false;
      collected.clear();
    }
  }
}
