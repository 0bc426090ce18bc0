package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KvException;
import io.bitkv.api.Outcome;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.client.KvClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Works with keys of its own, and one counter that all share, over a network that fails; checks each reply against what it knows, and
 * counts what it was told.
 */
final class UnluckyUser implements Callable<UnluckyUser> {

  private static final byte[] COUNTER = "counter".getBytes(UTF_8);
  private static final KeyspaceId NUMBERED = new KeyspaceId.Numbered(7);
  private static final int STEPS = 150;

  private final int number;
  private final KvClient client;
  private final Keyspace numbered;
  private final Random random;
  private final List<OwnKey> plain = new ArrayList<>();
  private final List<OwnKey> guarded = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private long batches;
  private long counted;
  private long countedInDoubt;
  private long acknowledged;

  UnluckyUser(int number, KvClient client, long seed) {
    this.number = number;
    this.client = client;
    this.numbered = client.keyspace(NUMBERED);
    this.random = new Random(seed * 31 + number);
    for (int i = 0; i < 5; i++) {
      plain.add(new OwnKey("plain/" + number + "/" + i));
      guarded.add(new OwnKey("guarded/" + number + "/" + i));
    }
  }

  @Override
  public UnluckyUser call() {
    for (int i = 0; i < STEPS; i++) {
      OwnKey key = plain.get(random.nextInt(plain.size()));
      switch (random.nextInt(8)) {
        case 0, 1 -> put(key);
        case 2 -> delete(key);
        case 3 -> read(() -> key.saw(client.get(key.bytes()).map(value -> new String(value, UTF_8)).orElse(null)));
        case 4 -> read(() -> key.sawVersioned(client.getVersioned(key.bytes())));
        case 5 -> compareAndSet(guarded.get(random.nextInt(guarded.size())));
        case 6 -> batch();
        default -> count();
      }
    }
    return this;
  }

  /** How many writes were acknowledged. */
  long acknowledged() {
    return acknowledged;
  }

  /** How many steps of the counter were acknowledged. */
  long counted() {
    return counted;
  }

  /** How many steps of the counter have no known outcome. */
  long countedInDoubt() {
    return countedInDoubt;
  }

  /** The values that, as it was told, were certainly not written. */
  Set<String> refused() {
    return refused;
  }

  private void put(OwnKey key) {
    String value = key.newValue();
    try {
      key.acknowledged(client.put(key.bytes(), value.getBytes(UTF_8)), value);
      acknowledged++;
    } catch (KvException e) {
      failed(key, value, e);
    }
  }

  private void delete(OwnKey key) {
    try {
      OptionalLong version = client.delete(key.bytes());
      if (version.isPresent()) {
        key.acknowledged(version.getAsLong(), null);
        acknowledged++;
      } else {
        key.saw(null);
      }
    } catch (KvException e) {
      failed(key, null, e);
    }
  }

  private void failed(OwnKey key, String value, KvException e) {
    if (e.outcome() == Outcome.UNKNOWN) {
      key.doubted(value);
    } else if (value != null) {
      refused.add(value);
    }
  }

  private static void read(Runnable read) {
    try {
      read.run();
    } catch (KvException e) {
      // A read has no effects to account for.
      return;
    }
  }

  /** Replaces a value if it is the one that was seen; nobody else writes the key, so it must be. */
  private void compareAndSet(OwnKey key) {
    String value = key.newValue();
    try {
      if (key.isDoubtful()) {
        learn(key);
        return;
      }
      Put onlyThen = key.version() == 0 ? Put.ifAbsent() : Put.ifVersion(key.version());
      OptionalLong version = numbered.put(key.bytes(), value.getBytes(UTF_8), onlyThen);
      key.acknowledged(version.orElseThrow(() -> new AssertionError(value + " was not written, though nothing else was")), value);
      acknowledged++;
    } catch (KvException e) {
      failed(key, value, e);
    }
  }

  /** Goes on with a new key once an old one's last write is in doubt: nothing certain can be said of what its next one should meet. */
  private void learn(OwnKey key) {
    key.sawVersioned(numbered.getVersioned(key.bytes()));
    guarded.set(guarded.indexOf(key), new OwnKey("guarded/" + number + "/again/" + random.nextInt(Integer.MAX_VALUE)));
  }

  /** Writes two keys in one step: whoever reads both reads the same. */
  private void batch() {
    byte[] left = ("left/" + number).getBytes(UTF_8);
    byte[] right = ("right/" + number).getBytes(UTF_8);
    byte[] value = ("batch/" + number + '#' + ++batches).getBytes(UTF_8);
    read(() -> client.commit(new WriteBatch().put(left, value).put(right, value)));
    read(
        () -> {
          List<Optional<byte[]>> both = client.getAll(List.of(left, right));
          assertEquals(both.get(0).map(each -> new String(each, UTF_8)), both.get(1).map(each -> new String(each, UTF_8)), "half of a batch");
        });
  }

  private void count() {
    try {
      client.atomically(
          List.of(new KeyRef(KeyspaceId.DEFAULT, COUNTER)),
          transaction -> {
            Keyspace keyspace = transaction.keyspace(KeyspaceId.DEFAULT);
            long before = keyspace.get(COUNTER).map(value -> Long.parseLong(new String(value, UTF_8))).orElse(0L);
            return keyspace.put(COUNTER, Long.toString(before + 1).getBytes(UTF_8));
          });
      counted++;
    } catch (KvException e) {
      if (e.outcome() == Outcome.UNKNOWN) {
        countedInDoubt++;
      }
    }
  }

  /** Looks at every key over a network that does not fail. */
  void verify(KvClient sound) {
    plain.forEach(key -> key.sawVersioned(sound.getVersioned(key.bytes())));
    for (OwnKey key : guarded) {
      Optional<Versioned<byte[]>> found = sound.keyspace(NUMBERED).getVersioned(key.bytes());
      key.sawVersioned(found);
      found.ifPresent(value -> assertNotEquals(0, value.version()));
    }
  }

  /** The counter's value. */
  static long counter(KvClient sound) {
    return sound.get(COUNTER).map(value -> Long.parseLong(new String(value, UTF_8))).orElse(0L);
  }
}
