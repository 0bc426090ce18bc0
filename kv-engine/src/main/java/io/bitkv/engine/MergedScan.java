package io.bitkv.engine;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.Versioned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys of a keyspace as a transaction sees them: those of the store that the overlay does not hide, and the overlay's own. */
final class MergedScan {
  /** How often a random pick may meet a hidden key before the keyspace is searched. */
  private static final int PICKS = 32;

  private final KVTransaction.Parts parts;
  private final KeyspaceState state;
  private final Overlay overlay;

  MergedScan(KVTransaction.Parts parts, KeyspaceState state, Overlay overlay) {
    this.parts = parts;
    this.state = state;
    this.overlay = overlay;
  }

  long size() {
    long size = overlay.isCleared() ? 0 : state.directory().size();
    EntryReader reader = parts.readers().borrow();
    try {
      for (var write : overlay.writes().entrySet()) {
        boolean isBelow = !overlay.isCleared() && reader.find(state.directory(), write.getKey()) != EntryLocation.NONE;
        boolean isAbove = !write.getValue().isDeletion();
        size += (isAbove ? 1 : 0) - (isBelow ? 1 : 0);
      }
    } finally {
      parts.readers().giveBack(reader);
    }
    return size;
  }

  Stream<byte[]> keys(Scan scan) {
    List<byte[]> own = own(scan).stream().map(KeyValue::key).toList();
    return merge(scan, parts.scans()::keys, own, Function.identity());
  }

  Stream<KeyValue> entries(Scan scan) {
    return merge(scan, parts.scans()::entries, own(scan), KeyValue::key);
  }

  /** Opens a scan of what the store holds. */
  private interface Below<T> {
    Stream<T> open(KeyspaceState keyspace, Scan scan);
  }

  private <T> Stream<T> merge(Scan scan, Below<T> below, List<T> own, Function<T, byte[]> keyOf) {
    Comparator<T> order = Comparator.comparing(keyOf, Arrays::compareUnsigned);
    Comparator<T> wanted = scan.order() == Scan.Order.DESCENDING ? order.reversed() : order;
    Stream<T> all = below.open(state, scan.limit(Long.MAX_VALUE));
    Stream<T> shown = all.filter(met -> !isHidden(keyOf.apply(met)));
    if (scan.order() == Scan.Order.ANY) {
      return Stream.concat(shown, own.stream()).limit(scan.limit());
    }
    return new SortedMerge<>(shown, own.stream().sorted(wanted), wanted).stream().limit(scan.limit());
  }

  /** Whether the store's entry of a key does not show through the overlay. */
  private boolean isHidden(byte[] key) {
    return overlay.isCleared() || overlay.find(state.slice(key)) != null;
  }

  /** The overlay's own entries that belong to a scan. */
  private List<KeyValue> own(Scan scan) {
    if (scan.order() != Scan.Order.ANY && !(state.directory() instanceof OrderedKeys)) {
      throw new UnsupportedFeatureException(
          "ranges and ordered scans need a store that is opened with the option directoryKind ORDERED");
    }
    long now = parts.clock().millis();
    List<KeyValue> own = new ArrayList<>();
    overlay
        .writes()
        .forEach(
            (key, write) -> {
              Versioned<byte[]> value = write.value();
              if (value != null
                  && (value.expiresAtMillis() == Expiry.NONE || value.expiresAtMillis() > now)
                  && scan.includes(key.bytes())) {
                own.add(
                    new KeyValue(key.bytes().clone(), value.value().clone(), value.version(), value.expiresAtMillis()));
              }
            });
    return own;
  }

  /** One step of a cursor; the last one adds the overlay's own keys. */
  Page<byte[]> page(long cursor, int count) {
    Page<byte[]> below = parts.scans().page(state, cursor, count);
    List<byte[]> keys = new ArrayList<>(below.items());
    keys.removeIf(this::isHidden);
    if (below.isLast()) {
      own(Scan.all()).forEach(entry -> keys.add(entry.key()));
    }
    return new Page<>(keys, below.next());
  }

  /** A key at random: the overlay's own keys have their share by their number. */
  Optional<byte[]> randomKey() {
    List<KeyValue> own = own(Scan.all());
    long size = size();
    if (!own.isEmpty() && ThreadLocalRandom.current().nextLong(Math.max(size, own.size())) < own.size()) {
      return Optional.of(own.get(ThreadLocalRandom.current().nextInt(own.size())).key());
    }
    for (int i = 0; i < PICKS && !overlay.isCleared(); i++) {
      Optional<byte[]> picked = parts.scans().randomKey(state);
      if (picked.isEmpty() || !isHidden(picked.get())) {
        return picked.or(() -> own.stream().map(KeyValue::key).findFirst());
      }
    }
    try (Stream<byte[]> keys = keys(Scan.all().limit(1))) {
      return keys.findFirst();
    }
  }
}
