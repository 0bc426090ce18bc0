package io.bitkv.client;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Transaction;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction that runs here and is checked there: it reads all its keys at one moment, the first time that any is read; its writes are
 * kept until the body has returned, and are then sent with the versions of what the body saw, to be applied if those still hold.
 */
final class RemoteTransaction implements Transaction {

  /** What a transaction knows of one of its keys. */
  static final class Cell {
    private Versioned<byte[]> found;
    private Versioned<byte[]> current;
    private boolean isObserved;
    private WriteBatch.Write write;
  }

  private final Caller caller;
  private final InstantSource clock;
  private final Map<KeyRef, Cell> cells = new LinkedHashMap<>();
  private final List<KeyRef> written = new ArrayList<>();
  private final Thread owner = Thread.currentThread();
  private boolean isFetched;
  private boolean isDurable;
  private boolean isOver;
  private long lastVersion;

  RemoteTransaction(Caller caller, InstantSource clock, Collection<KeyRef> keys) {
    this.caller = caller;
    this.clock = clock;
    keys.forEach(key -> cells.put(key, new Cell()));
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return new TransactionKeyspace(this, id);
  }


  /** Checks that the transaction may be used now, and guards a key. */
  private Cell cell(KeyRef ref) {
    if (isOver || Thread.currentThread() != owner) {
      throw new IllegalStateException("a transaction can be used only while its body runs, and on its thread");
    }
    Cell cell = cells.get(ref);
    if (cell == null) {
      throw new IllegalArgumentException("the transaction does not guard this key of keyspace " + ref.keyspace() + ": name it beforehand");
    }
    return cell;
  }

  /** What a key holds, with the transaction's own writes. */
  Optional<Versioned<byte[]>> read(KeyRef ref) {
    Cell cell = cell(ref);
    if (cell.write == null) {
      fetch();
      cell.isObserved = true;
    }
    return Optional.ofNullable(cell.current);
  }

  private void fetch() {
    if (isFetched) {
      return;
    }
    isFetched = true;
    List<KeyRef> refs = List.copyOf(cells.keySet());
    var values = caller.run(Reads.snapshot(refs, ref -> caller.space(ref.keyspace()))).iterator();
    caller.touched(refs);
    for (KeyRef ref : refs) {
      Cell cell = cells.get(ref);
      cell.found = values.next().orElse(null);
      if (cell.found != null) {
        lastVersion = Math.max(lastVersion, cell.found.version());
      }
      if (cell.write == null) {
        cell.current = cell.found;
      }
    }
  }

  /**
   * Keeps a write of a value.
   *
   * @return its provisional version
   */
  long put(KeyRef ref, byte[] value, Expiry expiry) {
    Cell cell = cell(ref);
    Expiry meant = expiry instanceof Expiry.Keep ? kept(cell, ref) : expiry;
    long expiresAt = meant.resolve(cell.current == null ? Expiry.NONE : cell.current.expiresAtMillis(), clock);
    long version = nextVersion();
    boolean isOverAlready = expiresAt != Expiry.NONE && expiresAt <= clock.millis();
    cell.current = isOverAlready ? null : new Versioned<>(value.clone(), version, expiresAt);
    write(ref, cell, new WriteBatch.PutWrite(ref, value.clone(), meant));
    return version;
  }

  /** The expiry that a write keeps: that of the transaction's own write before, or whatever the server finds. */
  private Expiry kept(Cell cell, KeyRef ref) {
    if (cell.write instanceof WriteBatch.PutWrite before) {
      return cell.current == null ? Expiry.NEVER : before.expiry();
    }
    return read(ref).isPresent() ? Expiry.KEEP : Expiry.NEVER;
  }

  /**
   * Keeps a deletion.
   *
   * @return its provisional version
   */
  long delete(KeyRef ref) {
    Cell cell = cell(ref);
    cell.current = null;
    write(ref, cell, new WriteBatch.DeleteWrite(ref));
    return nextVersion();
  }

  private void write(KeyRef ref, Cell cell, WriteBatch.Write write) {
    if (cell.write == null) {
      written.add(ref);
    }
    cell.write = write;
  }

  private long nextVersion() {
    return ++lastVersion;
  }

  /** Makes the whole reach stable storage before it ends. */
  void makeDurable() {
    isDurable = true;
  }

  /** Lets the transaction be used no more. */
  void end() {
    isOver = true;
  }

  /** What is to be sent. */
  Writes.Commit commit() {
    List<Writes.Check> checks = new ArrayList<>();
    cells.forEach(
        (ref, cell) -> {
          if (cell.isObserved) {
            checks.add(new Writes.Check(ref, cell.found == null ? 0 : cell.found.version()));
          }
        });
    return new Writes.Commit(checks, written.stream().map(ref -> cells.get(ref).write).toList(), isDurable);
  }
}
