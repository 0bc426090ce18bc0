package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Outcome;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.WriteBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A closed store refuses everything but being closed again. */
interface ClosingContract extends Subject {

  private static Map<String, Executable> uses(Keyspace keyspace) {
    Map<String, Executable> uses = new LinkedHashMap<>();
    uses.put("get", () -> keyspace.get(bytes("key")));
    uses.put("getVersioned", () -> keyspace.getVersioned(bytes("key")));
    uses.put("getAll", () -> keyspace.getAll(List.of(bytes("key"))));
    uses.put("read", () -> keyspace.read(bytes("key"), view -> view.length()));
    uses.put("getInto", () -> keyspace.getInto(bytes("key"), new byte[10]));
    uses.put("contains", () -> keyspace.contains(bytes("key")));
    uses.put("put", () -> keyspace.put(bytes("key"), bytes("late")));
    uses.put("put with options", () -> keyspace.put(bytes("key"), bytes("late"), Put.ifAbsent()));
    uses.put("delete", () -> keyspace.delete(bytes("key")));
    uses.put("delete with a condition", () -> keyspace.delete(bytes("key"), Condition.IF_PRESENT));
    uses.put("expire", () -> keyspace.expire(bytes("key"), Expiry.NEVER));
    uses.put("size", () -> keyspace.size());
    uses.put("clear", () -> keyspace.clear());
    uses.put("keys", () -> Subject.keys(keyspace, Scan.all()));
    uses.put("entries", () -> Subject.entries(keyspace, Scan.all().snapshot()));
    uses.put("scan", () -> keyspace.scan(0, 10));
    uses.put("randomKey", () -> keyspace.randomKey());
    return uses;
  }

  @Test
  default void closedStoreRefusesEveryUse() {
    store().put(bytes("key"), bytes("value"));
    Keyspace named = store().keyspace("named");
    store().close();
    Map<String, Executable> uses = uses(store());
    uses(named).forEach((name, use) -> uses.put(name + " of a keyspace", use));
    uses.put("commit", () -> store().commit(new WriteBatch().put(bytes("key"), bytes("late"))));
    List<KeyRef> keys = List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("key")));
    uses.put("atomically", () -> store().atomically(keys, transaction -> transaction.put(bytes("key"), bytes("late"))));
    uses.forEach(
        (name, use) -> {
          StoreClosedException refusal = assertThrows(StoreClosedException.class, use, name);
          assertEquals(Outcome.NOT_APPLIED, refusal.outcome(), name);
        });
  }

  @Test
  default void closingAgainDoesNothing() {
    store().close();
    store().close();
  }

  @Test
  default void writersThatMeetTheClosingFinishOrAreRefused() throws Exception {
    int writers = 4;
    CountDownLatch begun = new CountDownLatch(writers);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        byte[] key = bytes("key" + writer);
        results.add(
            threads.submit(
                () -> {
                  for (int i = 0; ; i++) {
                    store().put(key, bytes("" + i));
                    begun.countDown();
                  }
                }));
      }
      begun.await();
      store().close();
      for (Future<Integer> result : results) {
        Throwable end = assertThrows(ExecutionException.class, result::get).getCause();
        assertTrue(end instanceof StoreClosedException, () -> "a writer met " + end);
      }
    }
  }
}
