package io.bitkv.client;

import io.bitkv.api.KvException;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A scan that fetches page after page as it is read. The first page is fetched at once: so a refusal is told at once, and a snapshot is of
 * that moment.
 *
 * @param <T> the type of what is visited
 */
final class RemoteScan<T> implements Iterator<T> {

  /** About how many keys a page has: enough that the way to the server does not count, few enough to be at hand soon. */
  private static final int PAGE_KEYS = 500;

  private final Caller caller;
  private final Scans.Plan<T> plan;
  private Page<T> page;
  private int next;
  private long left;

  private RemoteScan(Caller caller, Scans.Plan<T> plan) {
    this.caller = caller;
    this.plan = plan;
    this.left = plan.scan().limit();
    this.page = first();
  }

  /** Begins a scan; the stream must be closed. */
  static <T> Stream<T> stream(Caller caller, Scans.Plan<T> plan) {
    RemoteScan<T> scan = new RemoteScan<>(caller, plan);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scan, Spliterator.NONNULL), false).onClose(scan::close);
  }


  @Override
  public boolean hasNext() {
    while (left > 0 && next == page.items().size()) {
      if (page.isLast()) {
        return false;
      }
      page = following();
      next = 0;
    }
    return left > 0;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    return page.items().get(next++);
  }

  private Page<T> first() {
    if (plan.scan().isSnapshot()) {
      return caller.run(Scans.snapshot(plan, count()));
    }
    return isOrdered() ? caller.run(Scans.range(plan, null, count())) : live(Page.START);
  }

  private Page<T> following() {
    if (plan.scan().isSnapshot()) {
      return caller.run(Scans.next(plan, page.next(), count()));
    }
    return isOrdered() ? caller.run(Scans.range(plan, lastKey(), count())) : live(page.next());
  }

  private boolean isOrdered() {
    return plan.scan().order() != Scan.Order.ANY;
  }

  private byte[] lastKey() {
    List<T> items = page.items();
    return plan.kind().key().apply(items.getLast());
  }

  private int count() {
    return (int) Math.min(PAGE_KEYS, left);
  }

  private Page<T> live(long cursor) {
    Scans.Step<T> step = caller.run(Scans.step(plan, cursor, PAGE_KEYS));
    if (step.bare().isEmpty()) {
      return step.page();
    }
    List<T> entries = caller.run(RedisScans.values(step.bare())).stream().map(plan.kind().ofEntry()).toList();
    return new Page<>(entries, step.page().next());
  }

  /** Gives up the snapshot, if there is one that has more. That it may fail does no harm: the server gives it up in time. */
  private void close() {
    if (plan.scan().isSnapshot() && !page.isLast()) {
      try {
        caller.run(Scans.end(page.next()));
      } catch (KvException e) {
        return;
      }
    }
  }
}
