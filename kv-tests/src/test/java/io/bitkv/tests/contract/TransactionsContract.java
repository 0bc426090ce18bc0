package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A transaction reads and writes its keys as one step; it sees its own writes, and applies them together or not at all. */
interface TransactionsContract extends Subject {

  KeyspaceId NAMED = new KeyspaceId.Named("named");

  private static List<KeyRef> refs(String... keys) {
    return Stream.of(keys).map(key -> new KeyRef(KeyspaceId.DEFAULT, bytes(key))).toList();
  }

  private void run(List<KeyRef> keys, Consumer<Transaction> body) {
    store()
        .atomically(
            keys,
            transaction -> {
              body.accept(transaction);
              return null;
            });
  }

  @Test
  default void bodysResultIsReturned() {
    assertEquals("result", store().atomically(refs("a"), transaction -> "result"));
    assertNull(store().<Object>atomically(refs("a"), transaction -> null));
  }

  @Test
  default void writesAreAppliedWhenTheBodyReturns() {
    store().put(bytes("b"), bytes("old"));
    store().put(bytes("c"), bytes("old"));
    run(
        refs("a", "b", "c"),
        transaction -> {
          transaction.put(bytes("a"), bytes("1"));
          transaction.delete(bytes("b"));
          transaction.put(bytes("c"), bytes("new"), Put.ifPresent().ttl(Duration.ofHours(1)));
        });
    assertHolds(bytes("1"), store(), bytes("a"));
    assertAbsent(store(), bytes("b"));
    assertHolds(bytes("new"), store(), bytes("c"));
    assertTrue(store().getVersioned(bytes("c")).orElseThrow().expiresAt().isPresent());
  }

  @Test
  default void bodyReadsItsOwnWrites() {
    store().put(bytes("a"), bytes("old"));
    store().put(bytes("b"), bytes("old"));
    run(
        refs("a", "b", "c"),
        transaction -> {
          assertArrayEquals(bytes("old"), transaction.get(bytes("a")).orElseThrow());
          transaction.put(bytes("a"), bytes("1"));
          assertArrayEquals(bytes("1"), transaction.get(bytes("a")).orElseThrow());
          assertArrayEquals(bytes("1"), transaction.getVersioned(bytes("a")).orElseThrow().value());
          assertArrayEquals(bytes("1"), transaction.read(bytes("a"), view -> view.toByteArray()).orElseThrow());
          assertTrue(transaction.delete(bytes("b")).isPresent());
          assertFalse(transaction.contains(bytes("b")));
          assertFalse(transaction.delete(bytes("b")).isPresent());
          assertTrue(transaction.put(bytes("b"), bytes("2"), Put.ifAbsent()).isPresent());
          assertFalse(transaction.put(bytes("c"), bytes("3"), Put.ifPresent()).isPresent());
          assertEquals(
              List.of(true, true, false),
              transaction.getAll(List.of(bytes("a"), bytes("b"), bytes("c"))).stream().map(value -> value.isPresent()).toList());
        });
    assertHolds(bytes("1"), store(), bytes("a"));
    assertHolds(bytes("2"), store(), bytes("b"));
    assertAbsent(store(), bytes("c"));
  }

  @Test
  default void bodySeesTheExpiriesItSets() {
    store().put(bytes("a"), bytes("1"), Put.expiringAfter(Duration.ofHours(1)));
    run(
        refs("a", "b"),
        transaction -> {
          assertTrue(transaction.expire(bytes("a"), Expiry.NEVER).isPresent());
          assertEquals(Expiry.NONE, transaction.getVersioned(bytes("a")).orElseThrow().expiresAtMillis());
          assertFalse(transaction.expire(bytes("b"), Expiry.NEVER).isPresent());
          assertTrue(transaction.expire(bytes("a"), new Expiry.At(1)).isPresent());
          assertFalse(transaction.contains(bytes("a")));
          transaction.put(bytes("a"), bytes("2"));
          assertTrue(transaction.expire(bytes("a"), new Expiry.At(4_102_444_800_000L)).isPresent());
        });
    assertHolds(bytes("2"), store(), bytes("a"));
    assertEquals(4_102_444_800_000L, store().getVersioned(bytes("a")).orElseThrow().expiresAtMillis());
  }

  @Test
  default void provisionalVersionsAreGreaterThanThoseRead() {
    long before = store().put(bytes("a"), bytes("1"));
    long provisional =
        store()
            .atomically(
                refs("a", "b"),
                transaction -> {
                  long read = transaction.getVersioned(bytes("a")).orElseThrow().version();
                  assertEquals(before, read);
                  long first = transaction.put(bytes("a"), bytes("2"));
                  long second = transaction.put(bytes("b"), bytes("2"));
                  assertTrue(first > read && second > read);
                  assertTrue(transaction.put(bytes("a"), bytes("3"), Put.ifVersion(first)).isPresent());
                  assertFalse(transaction.delete(bytes("a"), new Condition.IfVersion(read)).isPresent());
                  return second;
                });
    assertTrue(provisional > before);
    assertTrue(store().getVersioned(bytes("b")).orElseThrow().version() > before);
    assertHolds(bytes("3"), store(), bytes("a"));
  }

  @Test
  default void bodyThatThrowsAppliesNothing() {
    store().put(bytes("a"), bytes("old"));
    long before = store().put(bytes("b"), bytes("old"));
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                run(
                    refs("a", "b", "c"),
                    transaction -> {
                      transaction.put(bytes("a"), bytes("new"));
                      transaction.delete(bytes("b"));
                      transaction.put(bytes("c"), bytes("new"));
                      throw new IllegalStateException("the body's own");
                    }));
    assertEquals("the body's own", thrown.getMessage());
    assertHolds(bytes("old"), store(), bytes("a"));
    assertHolds(bytes("old"), store(), bytes("b"));
    assertEquals(before, store().getVersioned(bytes("b")).orElseThrow().version());
    assertAbsent(store(), bytes("c"));
    store().put(bytes("a"), bytes("goes on"));
    assertHolds(bytes("goes on"), store(), bytes("a"));
  }

  @Test
  default void keyThatWasNotNamedIsRefused() {
    store().put(bytes("b"), bytes("old"));
    List<Consumer<Keyspace>> uses =
        List.of(
            keyspace -> keyspace.get(bytes("b")),
            keyspace -> keyspace.getVersioned(bytes("b")),
            keyspace -> keyspace.contains(bytes("b")),
            keyspace -> keyspace.read(bytes("b"), view -> view.length()),
            keyspace -> keyspace.put(bytes("b"), bytes("new")),
            keyspace -> keyspace.put(bytes("b"), bytes("new"), Put.ifAbsent()),
            keyspace -> keyspace.delete(bytes("b")),
            keyspace -> keyspace.expire(bytes("b"), Expiry.NEVER));
    for (Consumer<Keyspace> use : uses) {
      assertThrows(
          IllegalArgumentException.class,
          () -> run(refs("a"), transaction -> { transaction.put(bytes("a"), bytes("1")); use.accept(transaction); }));
    }
    assertThrows(
        IllegalArgumentException.class, () -> run(refs("a"), transaction -> transaction.keyspace(NAMED).get(bytes("a"))));
    assertAbsent(store(), bytes("a"));
    assertHolds(bytes("old"), store(), bytes("b"));
  }

  @Test
  default void transactionSpansKeyspaces() {
    store().put(bytes("a"), bytes("moved"));
    List<KeyRef> keys = List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("a")), new KeyRef(NAMED, bytes("a")));
    run(
        keys,
        transaction -> {
          transaction.keyspace(NAMED).put(bytes("a"), transaction.get(bytes("a")).orElseThrow());
          transaction.delete(bytes("a"));
        });
    assertAbsent(store(), bytes("a"));
    assertHolds(bytes("moved"), store().keyspace(NAMED), bytes("a"));
  }

  @Test
  default void transactionLeavesEverythingElseAsItIs() {
    long inNamed = store().keyspace(NAMED).put(bytes("a"), bytes("1"));
    long inNumbered = store().keyspace(7).put(bytes("a"), bytes("2"));
    run(refs("a"), transaction -> transaction.put(bytes("a"), bytes("3")));
    assertHolds(bytes("1"), store().keyspace(NAMED), bytes("a"));
    assertHolds(bytes("2"), store().keyspace(7), bytes("a"));
    assertEquals(inNamed, store().keyspace(NAMED).getVersioned(bytes("a")).orElseThrow().version());
    assertEquals(inNumbered, store().keyspace(7).getVersioned(bytes("a")).orElseThrow().version());
  }

  @Test
  default void keyMayBeNamedTwice() {
    run(refs("a", "a", "b", "a"), transaction -> transaction.put(bytes("a"), bytes("1")));
    assertHolds(bytes("1"), store(), bytes("a"));
  }

  @Test
  default void transactionWithoutKeysRunsItsBody() {
    assertEquals(1, store().<Integer>atomically(List.of(), transaction -> 1));
  }

  @Test
  default void transactionIsOverWithItsBody() {
    Transaction[] kept = new Transaction[1];
    run(refs("a"), transaction -> kept[0] = transaction);
    assertThrows(RuntimeException.class, () -> kept[0].put(bytes("a"), bytes("late")));
    assertThrows(RuntimeException.class, () -> kept[0].get(bytes("a")));
    assertAbsent(store(), bytes("a"));
  }

  @Test
  default void transactionBelongsToItsThread() {
    run(
        refs("a"),
        transaction -> {
          transaction.put(bytes("a"), bytes("1"));
          assertThrows(
              CompletionException.class,
              () -> CompletableFuture.runAsync(() -> transaction.put(bytes("a"), bytes("foreign"))).join());
        });
    assertHolds(bytes("1"), store(), bytes("a"));
  }
}
