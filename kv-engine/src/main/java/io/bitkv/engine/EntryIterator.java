package io.bitkv.engine;

import io.bitkv.api.Scan;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a scan yields: the entries of a cursor that belong to it and have not expired. It closes the cursor when it comes to an end.
 *
 * @param <T> what is made of each entry
 */
final class EntryIterator<T> implements Iterator<T>, AutoCloseable {
  private final EntryCursor cursor;
  private final EntryReader reader;
  private final Scan scan;
  private final InstantSource clock;
  private final Function<EntryReader, T> view;
  private long left;
  private T next;
  private boolean isClosed;

  EntryIterator(EntryCursor cursor, EntryReader reader, Scan scan, InstantSource clock, Function<EntryReader, T> view) {
    this.cursor = cursor;
    this.reader = reader;
    this.scan = scan;
    this.clock = clock;
    this.view = view;
    left = scan.limit();
  }

  @Override
  public boolean hasNext() {
    while (next == null && left > 0 && !isClosed && cursor.next(reader)) {
      if (!reader.isExpired(clock) && scan.includes(reader.key())) {
        next = view.apply(reader);
        left--;
      }
    }
    if (next == null) {
      close();
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the scan is at its end");
    }
    T result = next;
    next = null;
    return result;
  }

  /** The rest as a stream that closes the cursor. */
  Stream<T> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false).onClose(this::close);
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      cursor.close();
    }
  }
}
