package io.bitkv.engine;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Two sorted streams as one.
 *
 * @param <T> what they hold
 */
final class SortedMerge<T> implements Iterator<T> {
  private final Stream<T> first;
  private final Iterator<T> left;
  private final Iterator<T> right;
  private final Comparator<T> order;
  private T leftNext;
  private T rightNext;

  /** Merges two streams, neither of which holds null; closing the result closes the first. */
  SortedMerge(Stream<T> first, Stream<T> second, Comparator<T> order) {
    this.first = first;
    this.order = order;
    left = first.iterator();
    right = second.iterator();
  }

  @Override
  public boolean hasNext() {
    leftNext = leftNext == null && left.hasNext() ? left.next() : leftNext;
    rightNext = rightNext == null && right.hasNext() ? right.next() : rightNext;
    return leftNext != null || rightNext != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("both streams are at their end");
    }
    boolean isLeft = rightNext == null || leftNext != null && order.compare(leftNext, rightNext) <= 0;
    T result = isLeft ? leftNext : rightNext;
    if (isLeft) {
      leftNext = null;
    } else {
      rightNext = null;
    }
    return result;
  }

  Stream<T> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false).onClose(first::close);
  }
}
