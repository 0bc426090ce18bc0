package io.bitkv.engine;

import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The log: one active segment that grows, and many inactive ones; rolls over when the active one is full.
 *
 * <p>One lock, the append lock, gives out sequence numbers and places, so that sequence order is log order. A batch lies in one segment,
 * its entries one behind the other. The active segment is sealed before the next one is made: whatever a crash does, only the newest
 * segment can be torn.
 */
final class Segments {
  /** What a log is made of. */
  record Parts(Disk disk, SegmentTable table, WriteGate gate, Events events, Housekeeper housekeeper, InstantSource clock) {}

  /** Where a log goes on: the store's id, the id of the next segment, the last sequence number, the length of the reserve. */
  record Start(long storeId, long nextId, long lastSequence, long reserveBytes) {}

  private static final long LEAST_TO_SYNC = 1 << 20;
  private static final long MOST_IN_A_SEGMENT = SegmentHeader.MAX_DATA_END - SegmentHeader.LENGTH;

  private final Parts parts;
  private final WriteGate gate;
  private final long storeId;
  private final long segmentBytes;
  private final Reserve reserve;
  private final SegmentFiles files;
  private final SegmentIds ids;
  private final SegmentPins pins;
  private final AppendBuffer buffer;
  private final AppendFailures failures;
  private final ShortLock appendLock = new ShortLock();
  private volatile Segment active;
  private volatile long lastSequence;

  Segments(Parts parts, Start start, long segmentBytes) {
    this.parts = parts;
    this.segmentBytes = segmentBytes;
    gate = parts.gate;
    buffer = new AppendBuffer(parts.disk);
    failures = new AppendFailures(gate);
    files = new SegmentFiles(parts.disk, parts.table);
    storeId = start.storeId;
    ids = new SegmentIds(start.nextId);
    pins = new SegmentPins(parts.housekeeper::remove);
    lastSequence = start.lastSequence;
    reserve = new Reserve(parts.disk, start.reserveBytes);
  }

  SegmentTable table() {
    return parts.table;
  }

  SegmentPins pins() {
    return pins;
  }

  SegmentIds ids() {
    return ids;
  }

  /** The bytes in the active segment that reads can no longer meet. */
  long activeDeadBytes() {
    Segment segment = active;
    return segment == null ? 0 : segment.end() - SegmentHeader.LENGTH - segment.live().sum();
  }

  /** The sequence number of the newest entry; 0 if there never was one. */
  long lastSequence() {
    return lastSequence;
  }

  /** Whether more is not synced than the active segment has room for: once it is full, those who append wait until all of it is. */
  boolean wantsSync() {
    Segment segment = active;
    return segment != null && segment.end() - segment.durableEnd() > Math.max(LEAST_TO_SYNC, segmentBytes - segment.end());
  }

  /** Runs an action with the last sequence number, before another one is given out. */
  <R> R atLastSequence(LongFunction<R> action) {
    appendLock.lock();
    try {
      return action.apply(lastSequence);
    } finally {
      appendLock.unlock();
    }
  }

  /**
   * Appends entries as one batch: all of them survive the end of the process when it returns, none stays when it throws.
   *
   * @param batch the entries, at least one; they learn their sequence numbers and places
   * @throws KvException if they cannot be written; nothing is changed then
   */
  void append(PendingEntry[] batch) {
    long length = 0;
    boolean isDeleting = true;
    for (PendingEntry entry : batch) {
      length += entry.maxLength();
      isDeleting &= entry.kind() != EntryKind.PUT;
    }
    if (length > MOST_IN_A_SEGMENT) {
      throw new LimitExceededException("a batch takes at most " + MOST_IN_A_SEGMENT + " bytes in the log, not " + length + "; write it in parts");
    }
    appendLock.lock();
    try {
      boolean wasFull = gate.checkWritable();
      if (isDeleting) {
        appendFromReserve(batch, length);
        return;
      }
      if (wasFull && active != null) {
        failures.flush(active);
      }
      reserve.fill();
      write(batch, length);
      if (wasFull) {
        gate.resume();
      }
    } catch (DiskFullException e) {
      throw gate.full(e);
    } catch (SyncFailure e) {
      throw gate.poison(e.getMessage(), e);
    } catch (IOException e) {
      throw new StoreIoException("cannot append to the log in " + parts.disk.directory() + ": " + IoFailures.describe(e), e);
    } finally {
      appendLock.unlock();
    }
  }

  private void appendFromReserve(PendingEntry[] batch, long length) throws IOException {
    try {
      write(batch, length);
    } catch (DiskFullException e) {
      if (!reserve.release()) {
        throw e;
      }
      gate.full(e);
      write(batch, length);
    }
  }

  private void write(PendingEntry[] batch, long length) throws IOException {
    Segment segment = segmentFor(length);
    try {
      segment.append(batch, length, lastSequence + 1, buffer);
    } catch (Throwable e) {
      failures.rollBack(segment, e);
      throw e;
    }
    lastSequence += batch.length;
  }

  private Segment segmentFor(long length) throws IOException {
    Segment segment = active;
    if (segment != null && segment.tally().entries() > 0 && segment.end() + length + SegmentFooter.LENGTH > segmentBytes) {
      sealActive();
      segment = null;
    }
    if (segment == null) {
      segment =
          files.create(new SegmentHeader(ids.take(), storeId, lastSequence + 1, parts.clock.millis(), SegmentHeader.Origin.APPENDED));
      active = segment;
      parts.events.emit(new StoreListener.Rolled(segment.id()));
    }
    return segment;
  }

  private void sealActive() throws IOException {
    Segment segment = active;
    failures.seal(segment);
    active = null;
    parts.housekeeper.writeHints(segment);
    parts.events.emit(new StoreListener.Sealed(segment.id(), segment.end() + SegmentFooter.LENGTH));
  }

  /**
   * Makes everything that was appended before survive a loss of power.
   *
   * @return the last sequence number that is safe now
   * @throws WritesRefusedException if there is no room for what is staged
   * @throws IOException if the disk does not confirm it
   */
  long sync() throws IOException {
    long reached;
    Segment segment;
    appendLock.lock();
    try {
      reached = lastSequence;
      segment = active;
      if (segment != null) {
        failures.flush(segment);
        if (buffer.outlivesProcess() && reserve.isThere()) {
          failures.extendHeadroom(segment);
        }
      }
    } catch (DiskFullException e) {
      throw gate.full(e);
    } finally {
      appendLock.unlock();
    }
    if (segment != null) {
      segment.sync();
    }
    return reached;
  }

  /** Takes segments out of the log whose entries have all moved or died; they stay readable for those who read them now. */
  void retire(List<Segment> segments) {
    parts.table.retire(segments);
    pins.retire(segments);
  }

  /** Seals the active segment, if there is one. Most of it is synced before the lock is taken, so that nobody waits long for that. */
  void seal() throws IOException {
    Segment segment = active;
    if (segment != null) {
      segment.sync();
    }
    appendLock.lock();
    try {
      if (active != null) {
        sealActive();
      }
    } finally {
      appendLock.unlock();
    }
  }

  /** Closes all files; the staging file, if this has one, goes if nothing is in it. */
  void close() throws IOException {
    buffer.close();
    parts.table.close(null);
    if (active == null && buffer.outlivesProcess()) {
      parts.disk.delete(FileNames.STAGING);
    }
  }
}
