package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The conformance kit for a store whose files this process holds: the whole contract, and durability, exclusion and figures. */
public abstract class EmbeddedStoreContract extends KeyValueStoreContract implements ClockContract {

  /** Makes the kit. */
  protected EmbeddedStoreContract() {}

  @Override
  protected abstract EmbeddedStore openEmpty(ManualClock storeClock) throws Exception;

  private EmbeddedStore embedded() {
    return (EmbeddedStore) store();
  }

  private static void await(CompletableFuture<Void> done) throws Exception {
    done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void emptyStoreHasMadeNoVersions() {
    assertEquals(0, embedded().lastSequence());
  }

  @Test
  void lastSequenceIsTheGreatestVersion() {
    assertEquals(store().put(bytes("a"), bytes("1")), embedded().lastSequence());
    assertEquals(store().delete(bytes("a")).orElseThrow(), embedded().lastSequence());
    store().delete(bytes("absent"));
    store().put(bytes("a"), bytes("2"), Put.ifPresent());
    long last = store().keyspace("other").put(bytes("a"), bytes("1"));
    assertEquals(last, embedded().lastSequence());
  }

  @Test
  void everythingIsDurableAfterSync() {
    store().put(bytes("a"), bytes("1"));
    long last = store().put(bytes("b"), bytes("1"));
    embedded().sync();
    assertTrue(embedded().durableSequence() >= last);
    assertTrue(embedded().durableSequence() <= embedded().lastSequence());
  }

  @Test
  void durablePutIsDurableWhenItReturns() {
    embedded().syncPolicy(SyncPolicy.never());
    long version = store().put(bytes("a"), bytes("1"), Put.always().durable()).orElseThrow();
    assertTrue(embedded().durableSequence() >= version);
  }

  @Test
  void transactionWithADurableWriteIsDurableWhenItReturns() {
    embedded().syncPolicy(SyncPolicy.never());
    embedded()
        .exclusively(
            transaction -> {
              transaction.put(bytes("a"), bytes("1"), Put.always().durable());
              return transaction.put(bytes("b"), bytes("1"));
            });
    assertTrue(embedded().durableSequence() >= store().getVersioned(bytes("b")).orElseThrow().version());
  }

  @Test
  void everyWriteIsDurableWhenItReturnsUnderTheAlwaysPolicy() {
    embedded().syncPolicy(SyncPolicy.always());
    assertEquals(SyncPolicy.always(), embedded().syncPolicy());
    List<Long> versions =
        List.of(
            store().put(bytes("a"), bytes("1")),
            store().put(bytes("a"), bytes("2"), Put.ifPresent()).orElseThrow(),
            store().commit(new WriteBatch().put(bytes("b"), bytes("1")).put(bytes("c"), bytes("1"))));
    assertTrue(embedded().durableSequence() >= versions.getLast());
    long deleted = store().delete(bytes("a")).orElseThrow();
    assertTrue(embedded().durableSequence() >= deleted);
    long cleared = store().clear();
    assertTrue(embedded().durableSequence() >= cleared);
  }

  @Test
  void whenDurableCompletesWithoutAnyoneElseSyncing() throws Exception {
    embedded().syncPolicy(SyncPolicy.never());
    long version = store().put(bytes("a"), bytes("1"));
    await(embedded().whenDurable(version).toCompletableFuture());
    assertTrue(embedded().durableSequence() >= version);
    await(embedded().whenDurable(version).toCompletableFuture());
    await(embedded().whenDurable(0).toCompletableFuture());
  }

  @Test
  void whenDurableRefusesAVersionThatNoWriteHas() {
    long version = store().put(bytes("a"), bytes("1"));
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> embedded().whenDurable(version + 1));
    assertTrue(refusal.getMessage().contains("version " + (version + 1)), refusal::getMessage);
  }

  @Test
  void deferredWritesAreReadAtOnceAndDurableInTime() throws Exception {
    embedded().syncPolicy(SyncPolicy.always());
    KeyValueStore deferred = embedded().deferred();
    long version = deferred.put(bytes("a"), bytes("1"));
    assertHolds(bytes("1"), store(), bytes("a"));
    await(embedded().whenDurable(version).toCompletableFuture());
    assertTrue(embedded().durableSequence() >= version);
  }

  @Test
  void closingTheDeferredViewDoesNothing() {
    embedded().deferred().close();
    embedded().deferred().put(bytes("a"), bytes("1"));
    assertHolds(bytes("1"), store(), bytes("a"));
  }

  @Test
  void deferredViewIsClosedWithItsStore() {
    KeyValueStore deferred = embedded().deferred();
    store().close();
    assertThrows(StoreClosedException.class, () -> deferred.put(bytes("a"), bytes("1")));
    assertThrows(StoreClosedException.class, () -> embedded().sync());
    assertThrows(StoreClosedException.class, () -> embedded().exclusively(transaction -> 1));
  }

  @Test
  void syncPolicyIsTheOneThatWasSet() {
    for (SyncPolicy policy : List.of(SyncPolicy.always(), SyncPolicy.every(Duration.ofMillis(5)), SyncPolicy.never())) {
      embedded().syncPolicy(policy);
      assertEquals(policy, embedded().syncPolicy());
      store().put(bytes("a"), bytes(policy.toString()));
    }
  }

  @Test
  void exclusiveBodyUsesWholeKeyspaces() {
    Keyspace other = store().keyspace("other");
    store().put(bytes("a"), bytes("1"));
    store().put(bytes("b"), bytes("2"));
    other.put(bytes("gone"), bytes("0"));
    embedded()
        .exclusively(
            transaction -> {
              Keyspace target = transaction.keyspace("other");
              target.clear();
              Subject.entries(transaction, Scan.all()).forEach(entry -> target.put(entry.key(), entry.value()));
              assertEquals(2, target.size());
              transaction.clear();
              transaction.put(bytes("c"), bytes("3"));
              assertEquals(1, transaction.size());
              assertEquals(1, Subject.keys(transaction, Scan.all()).size());
              return null;
            });
    assertHolds(bytes("1"), other, bytes("a"));
    assertHolds(bytes("2"), other, bytes("b"));
    assertAbsent(other, bytes("gone"));
    assertAbsent(store(), bytes("a"));
    assertHolds(bytes("3"), store(), bytes("c"));
  }

  @Test
  void exclusiveBodyThatThrowsAppliesNothing() {
    store().put(bytes("a"), bytes("1"));
    assertThrows(IllegalStateException.class, () -> embedded().exclusively(EmbeddedStoreContract::clearAndThrow));
    assertHolds(bytes("1"), store(), bytes("a"));
    assertEquals(1, store().size());
  }

  private static Object clearAndThrow(Transaction transaction) {
    transaction.clear();
    throw new IllegalStateException("the body's own");
  }

  @Test
  @Timeout(600)
  void nobodyWritesWhileAnExclusiveBodyRuns() throws Exception {
    Threads.run(
        3,
        writer -> {
          for (int i = 0; i < 300; i++) {
            store().put(bytes("key" + writer), bytes("" + i));
          }
        },
        1,
        reader -> {
          List<String> twice = embedded().exclusively(all -> List.of(contents(all), contents(all)));
          assertEquals(twice.getFirst(), twice.getLast());
        });
  }

  private static String contents(Keyspace keyspace) {
    return Subject.entries(keyspace, Scan.all()).stream().map(entry -> new String(entry.value())).sorted().toList().toString();
  }

  @Test
  void figuresCountKeysOfEachKeyspace() {
    store().put(bytes("a"), bytes("1"));
    store().put(bytes("b"), bytes("1"), Put.expiringAfter(Duration.ofHours(1)));
    store().keyspace("other").put(bytes("a"), bytes("1"));
    store().keyspace(5).put(bytes("a"), bytes("1"));
    store().keyspace(5).delete(bytes("a"));
    StoreStats stats = embedded().stats();
    Map<KeyspaceId, StoreStats.KeyspaceStats> expected =
        Map.of(
            KeyspaceId.DEFAULT, new StoreStats.KeyspaceStats(2, 1),
            new KeyspaceId.Named("other"), new StoreStats.KeyspaceStats(1, 0));
    assertEquals(expected, stats.keyspaces());
    assertEquals(3, stats.keys());
    assertEquals(embedded().lastSequence(), stats.lastSequence());
    assertTrue(stats.durableSequence() <= stats.lastSequence());
    assertTrue(stats.health().isWritable());
    assertFalse(stats.health().detail().isEmpty());
  }
}
