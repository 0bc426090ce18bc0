package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static io.bitkv.tests.model.Bytes.raw;
import static io.bitkv.tests.model.Bytes.showAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.tests.model.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scans visit the keys they are asked for, all of them, in the order they are asked for. */
interface ScansContract extends Subject {

  /** 2100-01-01T00:00Z. */
  long YEAR_2100 = 4_102_444_800_000L;

  private void putAll(byte[]... keys) {
    for (byte[] key : keys) {
      store().put(key, key);
    }
  }

  private List<String> scanned(Scan scan) {
    return Subject.keys(store(), scan);
  }

  private static List<String> shown(byte[]... keys) {
    return Stream.of(keys).map(Bytes::show).toList();
  }

  @Test
  default void scanOfAnEmptyKeyspaceIsEmpty() {
    assertEquals(List.of(), scanned(Scan.all()));
    assertEquals(List.of(), scanned(Scan.all().snapshot()));
  }

  @Test
  default void scanVisitsEveryKeyOnceWhileNobodyWrites() {
    for (int i = 0; i < 1000; i++) {
      store().put(bytes("key" + i), bytes("value" + i));
    }
    for (int i = 0; i < 1000; i += 3) {
      store().delete(bytes("key" + i));
    }
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      if (i % 3 != 0) {
        expected.add(bytes("key" + i));
      }
    }
    for (Scan scan : List.of(Scan.all(), Scan.all().snapshot())) {
      assertEquals(showAll(expected.stream()), scanned(scan).stream().sorted().toList());
    }
  }

  @Test
  default void entriesCarryValueVersionAndExpiry() {
    Put options = Put.always().expiring(new Expiry.At(YEAR_2100));
    long version = store().put(bytes("key"), bytes("value"), options).orElseThrow();
    KeyValue expected = new KeyValue(bytes("key"), bytes("value"), version, YEAR_2100);
    assertEquals(List.of(expected), Subject.entries(store(), Scan.all()));
  }

  @Test
  default void prefixScanVisitsTheKeysThatBeginWithIt() {
    putAll(raw(), raw('a'), raw('a', 0), raw('a', 255), raw('a', 255, 1), raw('b'), raw('A'), raw(255), raw(255, 255));
    assertEquals(showAll(Stream.of(raw('a'), raw('a', 0), raw('a', 255), raw('a', 255, 1))), sorted(Scan.prefix(raw('a'))));
    assertEquals(showAll(Stream.of(raw('a', 255), raw('a', 255, 1))), sorted(Scan.prefix(raw('a', 255))));
    assertEquals(showAll(Stream.of(raw(255), raw(255, 255))), sorted(Scan.prefix(raw(255))));
    assertEquals(9, scanned(Scan.prefix(raw())).size());
    assertEquals(List.of(), scanned(Scan.prefix(raw('c'))));
  }

  private List<String> sorted(Scan scan) {
    return scanned(scan).stream().sorted().toList();
  }

  @Test
  default void limitEndsTheScan() {
    for (int i = 0; i < 50; i++) {
      putAll(bytes((i % 2 == 0 ? "even" : "odd") + i));
    }
    assertEquals(1, scanned(Scan.all().limit(1)).size());
    assertEquals(49, scanned(Scan.all().limit(49)).size());
    assertEquals(50, scanned(Scan.all().limit(50)).size());
    assertEquals(50, scanned(Scan.all().limit(Long.MAX_VALUE)).size());
    List<String> met = scanned(Scan.prefix(bytes("odd")).limit(7));
    assertEquals(7, new HashSet<>(met).size());
    assertTrue(met.stream().allMatch(key -> key.startsWith(Bytes.show(bytes("odd")))));
  }

  @Test
  default void snapshotShowsTheMomentItWasTaken() {
    for (int i = 0; i < 200; i++) {
      store().put(bytes("key" + i), bytes("old" + i));
    }
    List<String> met = new ArrayList<>();
    try (Stream<KeyValue> snapshot = store().entries(Scan.all().snapshot())) {
      Iterator<KeyValue> iterator = snapshot.iterator();
      met.add(show(iterator.next()));
      for (int i = 0; i < 200; i++) {
        store().put(bytes("key" + i), bytes("new"));
        store().put(bytes("later" + i), bytes("new"));
      }
      for (int i = 0; i < 200; i += 2) {
        store().delete(bytes("key" + i));
      }
      iterator.forEachRemaining(entry -> met.add(show(entry)));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      expected.add("key" + i + "=old" + i);
    }
    assertEquals(expected.stream().sorted().toList(), met.stream().sorted().toList());
  }

  private static String show(KeyValue entry) {
    return new String(entry.key(), UTF_8)
        + "=" + new String(entry.value(), UTF_8);
  }

  @Test
  default void snapshotOutlivesTheClearingOfItsKeyspace() {
    for (int i = 0; i < 100; i++) {
      store().put(bytes("key" + i), bytes("value"));
    }
    try (Stream<byte[]> snapshot = store().keys(Scan.all().snapshot())) {
      Iterator<byte[]> iterator = snapshot.iterator();
      iterator.next();
      store().clear();
      int rest = 0;
      for (; iterator.hasNext(); rest++) {
        iterator.next();
      }
      assertEquals(99, rest);
    }
    assertEquals(List.of(), scanned(Scan.all()));
  }

  @Test
  default void liveScanMeetsEveryKeyThatStays() {
    for (int i = 0; i < 500; i++) {
      store().put(bytes("stays" + i), bytes("0"));
      store().put(bytes("goes" + i), bytes("0"));
    }
    HashSet<String> met = new HashSet<>();
    try (Stream<KeyValue> scan = store().entries(Scan.prefix(bytes("stays")))) {
      Iterator<KeyValue> iterator = scan.iterator();
      for (int i = 0; iterator.hasNext(); i++) {
        met.add(Bytes.show(iterator.next().key()));
        store().put(bytes("stays" + i % 500), bytes("" + i));
        store().put(bytes("comes" + i), bytes("0"));
        store().delete(bytes("goes" + i));
      }
    }
    for (int i = 0; i < 500; i++) {
      assertTrue(met.contains(Bytes.show(bytes("stays" + i))), "a key that stayed throughout was not met");
    }
    assertEquals(500, met.size());
  }

  @Test
  default void scanClosedBeforeItsEndLeavesTheStoreUsable() {
    for (int i = 0; i < 100; i++) {
      store().put(bytes("key" + i), bytes("value"));
    }
    for (Scan scan : List.of(Scan.all(), Scan.all().snapshot())) {
      try (Stream<byte[]> unread = store().keys(scan)) {
        assertFalse(unread.isParallel());
      }
      try (Stream<KeyValue> begun = store().entries(scan)) {
        assertTrue(begun.findFirst().isPresent());
      }
    }
    store().put(bytes("key1"), bytes("next"));
    assertHolds(bytes("next"), store(), bytes("key1"));
  }
}
