package io.bitkv.client;

import io.bitkv.api.Expiry;
import io.bitkv.api.Versioned;
import io.bitkv.codec.resp.Reply;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Values that were read and not known to have changed since, within a bound of bytes. Absence is a value, too.
 *
 * <p>A read is announced before it is sent, as a {@link CacheCell.Flight}. Its value is kept only if nothing happened to the key between
 * that and the arrival of the reply: no word of a change, no write of the client's own, and no other read, which may have seen something
 * newer. So a value is never replaced by an older one. The connection's reader keeps it before the call ends, in the order in which the
 * server speaks.
 *
 * <p>Room is made by the clock algorithm: what was used since the hand last came by stays for another round. Safe for use by many threads;
 * finding takes no lock.
 */
final class ValueCache implements Tracker {

  private static final String INVALIDATE = "invalidate";

  private final CacheOptions options;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<CacheKey, CacheCell> cells = new ConcurrentHashMap<>();
  private final Set<ByteBuffer> spaces = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong entries = new AtomicLong();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder invalidations = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /** Guards the hand. */
  private final ReentrantLock clockwork = new ReentrantLock();

  private Iterator<Map.Entry<CacheKey, CacheCell>> hand = Collections.emptyIterator();

  /**
   * Makes an empty cache.
   *
   * @param clock tells whether a value has expired
   * @param nanos measures how old a value is
   */
  ValueCache(CacheOptions options, InstantSource clock, LongSupplier nanos) {
    this.options = options;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Looks a key up.
   *
   * @return null when it must be asked for; else what it holds, not to be changed, or empty when it does not exist
   */
  Optional<Versioned<byte[]>> find(CacheKey key) {
    CacheCell cell = cells.get(key);
    KeptValue kept = cell == null ? null : cell.kept();
    if (kept == null || isOver(kept)) {
      misses.increment();
      return null;
    }
    kept.use();
    hits.increment();
    return Optional.ofNullable(kept.found());
  }

  private boolean isOver(KeptValue kept) {
    long expiresAt = kept.found() == null ? Expiry.NONE : kept.found().expiresAtMillis();
    return (expiresAt != Expiry.NONE && expiresAt <= clock.millis()) || nanos.getAsLong() - kept.askedNanos() > options.maxAge().toNanos();
  }

  /** Announces that a key is about to be asked for; the cache keeps the key's array. */
  CacheCell.Flight begin(CacheKey key) {
    spaces.add(ByteBuffer.wrap(key.space()));
    return cells.compute(
            key,
            (same, cell) -> {
              if (cell != null && cell.flight() != null) {
                return cell;
              }
              return new CacheCell(cell == null ? null : cell.kept(), new CacheCell.Flight(nanos.getAsLong()));
            })
        .flight();
  }

  /** A read ended without a reply. */
  void abandon(CacheKey key, CacheCell.Flight flight) {
    cells.computeIfPresent(key, (same, cell) -> cell.flight() == flight ? cell.withoutFlight() : cell);
  }

  /** A read's reply says what a key holds, or null for nothing; it is kept if nothing came between. */
  void arrived(CacheKey key, CacheCell.Flight flight, Versioned<byte[]> found) {
    long size = CacheOptions.ENTRY_BYTES + key.length() + (found == null ? 0L : found.value().length);
    CacheCell before = cells.get(key);
    if (before == null || before.flight() != flight || size > options.maxBytes() / 4) {
      saw(key, found);
      return;
    }
    Versioned<byte[]> own = found == null ? null : new Versioned<>(found.value().clone(), found.version(), found.expiresAtMillis());
    KeptValue kept = new KeptValue(own, flight.beganNanos(), size);
    entries.incrementAndGet();
    bytes.addAndGet(size);
    makeRoom();
    CacheCell after =
        cells.compute(key, (same, cell) -> cell != null && cell.flight() == flight ? replaced(cell, kept) : seen(cell, found));
    if (after == null || after.kept() != kept) {
      release(kept);
    }
  }

  private CacheCell replaced(CacheCell cell, KeptValue kept) {
    release(cell.kept());
    return new CacheCell(kept, null);
  }

  /** Somebody saw what a key holds, or null for nothing: an older value must not be shown afterwards. */
  void saw(CacheKey key, Versioned<byte[]> found) {
    cells.computeIfPresent(key, (same, cell) -> seen(cell, found));
  }

  private CacheCell seen(CacheCell cell, Versioned<byte[]> found) {
    return cell != null && cell.kept() != null && cell.kept().isSame(found) ? cell.withoutFlight() : dropped(cell);
  }

  /** Somebody saw that a key exists. */
  void sawKey(CacheKey key) {
    cells.computeIfPresent(key, (same, cell) -> cell.kept() != null && cell.kept().found() != null ? cell.withoutFlight() : dropped(cell));
  }

  private CacheCell dropped(CacheCell cell) {
    if (cell != null) {
      release(cell.kept());
    }
    return null;
  }

  private void release(KeptValue kept) {
    if (kept != null) {
      bytes.addAndGet(-kept.bytes());
      entries.decrementAndGet();
    }
  }

  /**
   * Drops what is known of a key, and what is under way to be.
   *
   * @return whether a value was dropped
   */
  boolean forget(CacheKey key) {
    CacheCell cell = cells.remove(key);
    dropped(cell);
    return cell != null && cell.kept() != null;
  }

  /** Drops everything. */
  void forgetAll() {
    for (CacheKey key : cells.keySet()) {
      if (forget(key)) {
        invalidations.increment();
      }
    }
  }

  /** Takes the server's word that keys have changed. It names no keyspace, and means each. */
  @Override
  public void pushed(Reply.Push push) {
    List<Reply> elements = push.elements();
    if (elements.size() != 2 || !elements.getFirst().asString().equals(INVALIDATE)) {
      return;
    }
    if (elements.get(1).isNull()) {
      forgetAll();
      return;
    }
    for (Reply name : elements.get(1).asList()) {
      byte[] key = name.asBytes();
      for (ByteBuffer space : spaces) {
        if (forget(new CacheKey(space.array(), key))) {
          invalidations.increment();
        }
      }
    }
  }

  /** Drops everything, since nobody is told any more of changes to what was read on a connection. */
  @Override
  public void unreliable() {
    forgetAll();
  }

  private void makeRoom() {
    clockwork.lock();
    try {
      int left = 2 * cells.size() + 2;
      while (bytes.get() > options.maxBytes() && left > 0) {
        left--;
        if (!hand.hasNext()) {
          hand = cells.entrySet().iterator();
        }
        if (hand.hasNext()) {
          Map.Entry<CacheKey, CacheCell> entry = hand.next();
          evict(entry.getKey(), entry.getValue().kept());
        }
      }
    } finally {
      clockwork.unlock();
    }
  }

  private void evict(CacheKey key, KeptValue kept) {
    if (kept == null || (kept.takeUse() && !isOver(kept))) {
      return;
    }
    cells.computeIfPresent(
        key,
        (same, cell) -> {
          if (cell.kept() != kept) {
            return cell;
          }
          release(kept);
          evictions.increment();
          return cell.withoutValue();
        });
  }

  CacheStats stats() {
    return new CacheStats(hits.sum(), misses.sum(), invalidations.sum(), evictions.sum(), entries.get(), bytes.get());
  }
}
