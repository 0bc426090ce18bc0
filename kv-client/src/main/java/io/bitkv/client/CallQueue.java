package io.bitkv.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A bounded queue of the calls whose replies a connection awaits, in their order. One thread at a time adds, under the lock of the
 * connection's {@link Outgoing}; one at a time removes, holding the connection's reading role; the two need no lock between them.
 */
final class CallQueue {

  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Call[].class);

  private final Call<?>[] slots;
  private final int mask;
  private volatile long added;
  private volatile long removed;

  /** Makes a queue for at least so many calls. */
  CallQueue(int capacity) {
    slots = new Call<?>[Integer.highestOneBit(Math.max(1, capacity - 1)) << 1];
    mask = slots.length - 1;
  }

  /** How many more calls fit in, as the adding thread sees it: at least so many. */
  int room() {
    return slots.length - size();
  }

  /** How many calls are in the queue. */
  int size() {
    return (int) (added - removed);
  }

  boolean isEmpty() {
    return added == removed;
  }

  /** Adds a call; there must be room. */
  void add(Call<?> call) {
    long index = added;
    slots[(int) index & mask] = call;
    added = index + 1;
  }

  /** The call that was added first, or null. Any thread may ask, and may be told of one that is being removed. */
  Call<?> peek() {
    long index = removed;
    return index == added ? null : (Call<?>) SLOTS.getAcquire(slots, (int) index & mask);
  }

  /** Removes the call that was added first; null when there is none. */
  Call<?> poll() {
    long index = removed;
    if (index == added) {
      return null;
    }
    int slot = (int) index & mask;
    Call<?> call = slots[slot];
    slots[slot] = null;
    removed = index + 1;
    return call;
  }

  /** Shows each call that is in the queue now, and perhaps some that are added or removed meanwhile. */
  void forEach(Consumer<Call<?>> action) {
    long end = added;
    for (long index = removed; index < end; index++) {
      Call<?> call = (Call<?>) SLOTS.getAcquire(slots, (int) index & mask);
      if (call != null) {
        action.accept(call);
      }
    }
  }

  /** Whether a call in the queue, other than the given one, has not ended: somebody waits for it. */
  boolean isAwaitedBeside(Call<?> ended) {
    for (long index = removed; index < added; index++) {
      Call<?> call = (Call<?>) SLOTS.getAcquire(slots, (int) index & mask);
      if (call != null && call != ended && !call.isDone()) {
        return true;
      }
    }
    return false;
  }
}
