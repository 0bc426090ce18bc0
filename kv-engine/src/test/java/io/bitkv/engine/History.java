package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A history of operations on a {@link MemoryDisk}, and what the store holds after each of them. */
final class History {
  private static final KeyspaceId OTHER = new KeyspaceId.Named("other");

  /** After an operation: the contents, where the trace stood before and after it, and whether it was durable when it returned. */
  record Moment(Map<String, String> contents, int began, int ended, boolean isDurable) {}

  final MemoryDisk disk;
  final List<Moment> moments = new ArrayList<>();
  private final Map<String, String> model = new TreeMap<>();
  private final Random random;

  private History(MemoryDisk disk, long seed) {
    this.disk = disk;
    random = new Random(seed);
    moments.add(new Moment(Map.of(), 0, 0, true));
  }

  /** Runs a number of operations on an empty disk and closes the store. */
  static History run(MemoryDisk disk, long seed, int operations, StoreOptions options) {
    History history = new History(disk, seed);
    try (EmbeddedStore store = KVStore.open(history.disk.hold(), options)) {
      for (int i = 0; i < operations; i++) {
        history.step(store);
      }
    }
    return history;
  }

  private void step(EmbeddedStore store) {
    switch (random.nextInt(10)) {
      case 0, 1 -> operate(store, this::delete, false);
      case 2 -> operate(store, this::batch, false);
      case 3 -> operate(store, this::transaction, false);
      case 4, 6 -> operate(store, this::putDurably, true);
      case 5 -> {
        if (random.nextInt(4) == 0) {
          operate(store, this::clear, false);
        }
      }
      default -> operate(store, this::put, false);
    }
  }

  private void operate(EmbeddedStore store, Consumer<EmbeddedStore> operation, boolean isDurable) {
    int began = disk.traced();
    operation.accept(store);
    moments.add(new Moment(Map.copyOf(model), began, disk.traced(), isDurable));
  }

  private String key() {
    return "key" + random.nextInt(12);
  }

  private String value() {
    return ("value " + random.nextInt(1000) + " ").repeat(1 + random.nextInt(60));
  }

  private void put(EmbeddedStore store) {
    String key = key();
    String value = value();
    store.put(bytes(key), bytes(value));
    model.put(key, value);
  }

  private void putDurably(EmbeddedStore store) {
    String key = key();
    String value = value();
    store.put(bytes(key), bytes(value), Put.always().durable());
    model.put(key, value);
  }

  private void delete(EmbeddedStore store) {
    String key = key();
    store.delete(bytes(key));
    model.remove(key);
  }

  private void clear(EmbeddedStore store) {
    store.keyspace(OTHER).clear();
    model.keySet().removeIf(key -> key.startsWith("other "));
  }

  private void batch(EmbeddedStore store) {
    WriteBatch batch = new WriteBatch();
    String value = value();
    for (int i = 0; i < 3; i++) {
      String key = key();
      batch.put(bytes(key), bytes(value)).put(OTHER, bytes(key), bytes(value));
      model.put(key, value);
      model.put("other " + key, value);
    }
    String gone = key();
    batch.delete(bytes(gone));
    model.remove(gone);
    store.commit(batch);
  }

  private void transaction(EmbeddedStore store) {
    String from = key();
    List<KeyRef> keys = List.of(new KeyRef(KeyspaceId.DEFAULT, bytes(from)), new KeyRef(OTHER, bytes(from)));
    store.<Void>atomically(
        keys,
        transaction -> {
          transaction
              .get(bytes(from))
              .ifPresent(
                  value -> {
                    transaction.keyspace(OTHER).put(bytes(from), value);
                    transaction.delete(bytes(from));
                    model.put("other " + from, model.remove(from));
                  });
          return null;
        });
  }

  /** What a store holds, in the terms of the model. */
  static Map<String, String> contents(EmbeddedStore store) {
    Map<String, String> contents = new TreeMap<>(TestStores.contents(store));
    Keyspace other = store.keyspace(OTHER);
    TestStores.contents(other).forEach((key, value) -> contents.put("other " + key, value));
    return contents;
  }

  /** The least number of operations that must have survived a crash when so much of the trace had happened. */
  int acknowledged(int moment, boolean isPowerCut) {
    int last = 0;
    for (int i = 0; i < moments.size(); i++) {
      if (moments.get(i).ended <= moment && (moments.get(i).isDurable || !isPowerCut)) {
        last = i;
      }
    }
    return last;
  }

  /** The greatest number of operations that can have survived: one that writes nothing has as soon as it returned. */
  int issued(int moment) {
    int last = 0;
    for (int i = 1; i < moments.size(); i++) {
      if (moments.get(i).began < moment || moments.get(i).ended <= moment) {
        last = i;
      }
    }
    return last;
  }

  /** Whether contents are those after some number of operations within bounds. */
  boolean matches(Map<String, String> contents, int from, int to) {
    return moments.subList(from, to + 1).stream().anyMatch(moment -> moment.contents.equals(contents));
  }
}
