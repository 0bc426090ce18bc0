package io.bitkv.engine;

import io.bitkv.api.ValueReader;
import io.bitkv.api.Versioned;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads of single keys. They take no lock; a reader that finds its segment retired looks the key up again. */
final class Reads {
  /** The length of no value. */
  static final int ABSENT = -1;

  private final Readers readers;
  private final SegmentPins pins;
  private final InstantSource clock;

  Reads(Readers readers, SegmentPins pins, InstantSource clock) {
    this.readers = readers;
    this.pins = pins;
    this.clock = clock;
  }

  /** Reads a value. */
  Optional<byte[]> get(KeyspaceState keyspace, byte[] key) {
    return find(keyspace, key, EntryReader::value);
  }

  /** Reads a value with its version and expiry. */
  Optional<Versioned<byte[]>> getVersioned(KeyspaceState keyspace, byte[] key) {
    return find(
        keyspace,
        key,
        reader -> {
          byte[] value = reader.value();
          return value == null ? null : new Versioned<>(value, reader.sequence(), reader.expiry());
        });
  }

  boolean contains(KeyspaceState keyspace, byte[] key) {
    return find(keyspace, key, reader -> reader).isPresent();
  }

  /** Uses a value in place. Only a value that is too large for the reader's window needs its segment pinned meanwhile. */
  <R> Optional<R> read(KeyspaceState keyspace, byte[] key, ValueReader<R> use) {
    Objects.requireNonNull(use, "reader");
    KeySlice slice = keyspace.slice(key);
    EntryReader reader = readers.borrow();
    try {
      if (isAbsent(keyspace, slice, reader)) {
        return Optional.empty();
      }
      if (reader.hold()) {
        return Optional.ofNullable(use.read(reader.view()));
      }
      try (SegmentPins.Pin _ = pins.take()) {
        return isAbsent(keyspace, slice, reader) ? Optional.empty() : Optional.ofNullable(use.read(reader.view()));
      }
    } finally {
      readers.giveBack(reader);
    }
  }

  /** Copies a value, if there is room for it; returns its length. As {@link #read}, but for what that allocates. */
  int getInto(KeyspaceState keyspace, byte[] key, byte[] target) {
    KeySlice slice = keyspace.slice(key);
    EntryReader reader = readers.borrow();
    try {
      if (isAbsent(keyspace, slice, reader)) {
        return ABSENT;
      }
      if (reader.hold()) {
        return reader.view().copyInto(target);
      }
      try (SegmentPins.Pin _ = pins.take()) {
        return isAbsent(keyspace, slice, reader) ? ABSENT : reader.view().copyInto(target);
      }
    } finally {
      readers.giveBack(reader);
    }
  }

  /** Finds a key and makes something of its entry; makes it again from the key's next place when that comes to nothing. */
  private <T> Optional<T> find(KeyspaceState keyspace, byte[] key, Function<EntryReader, T> use) {
    KeySlice slice = keyspace.slice(key);
    EntryReader reader = readers.borrow();
    try {
      T made = null;
      while (made == null) {
        if (isAbsent(keyspace, slice, reader)) {
          return Optional.empty();
        }
        made = use.apply(reader);
      }
      return Optional.of(made);
    } finally {
      readers.giveBack(reader);
    }
  }

  private boolean isAbsent(KeyspaceState keyspace, KeySlice key, EntryReader reader) {
    return reader.find(keyspace.directory(), key) == EntryLocation.NONE || reader.isExpired(clock);
  }
}
