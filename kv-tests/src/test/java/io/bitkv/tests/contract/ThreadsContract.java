package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.bytes;
import static io.bitkv.tests.model.Bytes.filled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.Transaction;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.Bytes;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads may use one store; each operation is one step for all of them. */
@Timeout(600)
interface ThreadsContract extends Subject {

  int THREADS = 8;

  private static KeyRef ref(String key) {
    return new KeyRef(KeyspaceId.DEFAULT, bytes(key));
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static long add(Transaction transaction, String key, long amount) {
    long sum = transaction.get(bytes(key)).map(ThreadsContract::number).orElse(0L) + amount;
    transaction.put(bytes(key), number(sum));
    return sum;
  }

  @Test
  default void countersKeptAtomicallyLoseNothing() throws Exception {
    int rounds = 300;
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < rounds; i++) {
            store().atomically(List.of(ref("counter")), transaction -> add(transaction, "counter", 1));
          }
        });
    assertEquals(THREADS * rounds, number(store().get(bytes("counter")).orElseThrow()));
  }

  @Test
  default void countersKeptByVersionLoseNothing() throws Exception {
    int rounds = 100;
    store().put(bytes("counter"), number(0));
    Threads.run(
        THREADS,
        thread -> {
          for (int done = 0; done < rounds; ) {
            Versioned<byte[]> seen = store().getVersioned(bytes("counter")).orElseThrow();
            if (store().put(bytes("counter"), number(number(seen.value()) + 1), Put.ifVersion(seen.version())).isPresent()) {
              done++;
            }
          }
        });
    assertEquals(THREADS * rounds, number(store().get(bytes("counter")).orElseThrow()));
  }

  @Test
  default void onlyOneWriterIsTheFirst() throws Exception {
    for (int round = 0; round < 50; round++) {
      byte[] key = bytes("key" + round);
      AtomicInteger winners = new AtomicInteger();
      AtomicInteger deleters = new AtomicInteger();
      Threads.run(THREADS, thread -> winners.addAndGet(store().put(key, bytes("" + thread), Put.ifAbsent()).isPresent() ? 1 : 0));
      Threads.run(THREADS, thread -> deleters.addAndGet(store().delete(key, Condition.IF_PRESENT).isPresent() ? 1 : 0));
      assertEquals(1, winners.get());
      assertEquals(1, deleters.get());
    }
  }

  @Test
  default void writersOfDifferentKeysDoNotDisturbEachOther() throws Exception {
    int keys = 400;
    Set<Long> versions = ConcurrentHashMap.newKeySet();
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < keys; i++) {
            assertTrue(versions.add(store().put(bytes(thread + "/" + i), Bytes.random(i, i % 100))), "two writes share a version");
          }
        });
    assertEquals(THREADS * keys, store().size());
    for (int i = 0; i < keys; i++) {
      assertEquals(Bytes.show(Bytes.random(i, i % 100)), Bytes.show(store().get(bytes(i % THREADS + "/" + i)).orElseThrow()));
    }
  }

  @Test
  default void readersNeverMeetHalfAValue() throws Exception {
    store().put(bytes("key"), filled(100, 0));
    Threads.run(
        1,
        writer -> {
          SplittableRandom random = new SplittableRandom(1);
          for (int i = 0; i < 300; i++) {
            store().put(bytes("key"), filled(random.nextInt(1, 5000), i));
          }
        },
        3,
        reader -> {
          byte[] value = reader == 0
              ? store().get(bytes("key")).orElseThrow()
              : store().read(bytes("key"), view -> view.toByteArray()).orElseThrow();
          assertEquals(Bytes.show(filled(value.length, value[0])), Bytes.show(value));
        });
  }

  @Test
  default void readersSeeAllOfATransferOrNothing() throws Exception {
    List<KeyRef> accounts = Stream.of("0", "1", "2", "3", "4").map(ThreadsContract::ref).toList();
    Threads.run(
        6,
        writer -> transfer(new SplittableRandom(writer), 200),
        2,
        reader -> assertEquals(0, store().<Long>atomically(accounts, ThreadsContract::total)));
    assertEquals(0, store().<Long>atomically(accounts, ThreadsContract::total));
  }

  private void transfer(SplittableRandom random, int times) {
    for (int i = 0; i < times; i++) {
      String from = "" + random.nextInt(5);
      String to = "" + random.nextInt(5);
      int amount = random.nextInt(100);
      store()
          .atomically(
              List.of(ref(from), ref(to)),
              transaction -> {
                add(transaction, from, -amount);
                return add(transaction, to, amount);
              });
    }
  }

  private static long total(Transaction transaction) {
    long total = 0;
    for (int account = 0; account < 5; account++) {
      total += transaction.get(bytes("" + account)).map(ThreadsContract::number).orElse(0L);
    }
    return total;
  }

  @Test
  default void readersSeeAllOfABatchOrNothing() throws Exception {
    store().commit(new WriteBatch().put(bytes("a"), number(0)).put(bytes("b"), number(0)));
    Threads.run(
        1,
        writer -> {
          for (int i = 1; i <= 1000; i++) {
            store().commit(new WriteBatch().put(bytes("a"), number(i)).put(bytes("b"), number(i)));
          }
        },
        2,
        reader ->
            assertEquals(
                0,
                store()
                    .<Long>atomically(
                        List.of(ref("a"), ref("b")),
                        both -> number(both.get(bytes("a")).orElseThrow()) - number(both.get(bytes("b")).orElseThrow()))));
  }

  @Test
  default void snapshotsMeetEveryStayingKeyOnceWhileOthersWrite() throws Exception {
    int staying = 300;
    for (int i = 0; i < staying; i++) {
      store().put(bytes("stays" + i), bytes("0"));
    }
    AtomicInteger writes = new AtomicInteger();
    Threads.run(
        2,
        scanner -> {
          for (int i = 0; i < 15; i++) {
            List<String> met = Subject.keys(store(), Scan.prefix(bytes("stays")).snapshot());
            assertEquals(staying, met.size());
            assertEquals(staying, new HashSet<>(met).size());
          }
        },
        3,
        writer -> {
          int i = writes.getAndIncrement();
          store().put(bytes("stays" + i % staying), bytes("" + i));
          store().put(bytes("comes" + i % 1000), bytes("1"));
          store().delete(bytes("comes" + (i + 500) % 1000));
        });
  }
}
