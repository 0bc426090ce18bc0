package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static io.bitkv.tests.model.Bytes.raw;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.tests.model.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys and values are byte strings of any content; what is written is what is read. */
interface ValuesContract extends Subject {

  @Test
  default void writtenValueIsRead() {
    store().put(bytes("key"), bytes("value"));
    assertHolds(bytes("value"), store(), bytes("key"));
  }

  @Test
  default void absentKeyIsEmptyByEveryRead() {
    store().put(bytes("other"), bytes("value"));
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void everyByteIsKeptInKeyAndValue() {
    store().put(Bytes.allValues(), Bytes.allValues());
    assertHolds(Bytes.allValues(), store(), Bytes.allValues());
  }

  @Test
  default void everyKeyOfOneByteIsItsOwn() {
    for (int b = 0; b < 256; b++) {
      store().put(raw(b), raw(255 - b));
    }
    assertEquals(256, store().size());
    for (int b = 0; b < 256; b++) {
      assertArrayEquals(raw(255 - b), store().get(raw(b)).orElseThrow());
    }
  }

  @Test
  default void emptyKeyIsAKey() {
    store().put(new byte[0], bytes("value"));
    assertHolds(bytes("value"), store(), new byte[0]);
    assertTrue(store().delete(new byte[0]).isPresent());
    assertAbsent(store(), new byte[0]);
  }

  @Test
  default void emptyValueIsAValueAndNotAbsence() {
    store().put(bytes("key"), new byte[0]);
    assertHolds(new byte[0], store(), bytes("key"));
    assertEquals(0, store().read(bytes("key"), view -> view.length()).orElseThrow());
    assertEquals(1, store().size());
  }

  @Test
  default void emptyKeyMayHoldAnEmptyValue() {
    store().put(new byte[0], new byte[0]);
    assertHolds(new byte[0], store(), new byte[0]);
  }

  @Test
  default void keysThatBeginAlikeAreDifferent() {
    List<byte[]> keys = List.of(raw(), raw('a'), raw('a', 0), raw('a', 0, 0), raw('a', 'b'), raw('A'), raw(0), raw(0, 0));
    for (int i = 0; i < keys.size(); i++) {
      store().put(keys.get(i), raw(i));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertHolds(raw(i), store(), keys.get(i));
    }
  }

  @Test
  default void newValueReplacesTheOldOneWhateverTheirLengths() {
    for (int length : new int[] {10, 0, 5000, 1, 300, 70_000, 2}) {
      store().put(bytes("key"), Bytes.random(length, length));
      assertHolds(Bytes.random(length, length), store(), bytes("key"));
    }
    assertEquals(1, store().size());
  }

  @Test
  default void valueOfMegabytesIsReadWhole() {
    byte[] value = Bytes.random(1, 5_000_003);
    store().put(bytes("key"), value);
    assertHolds(value, store(), bytes("key"));
  }

  @Test
  default void arraysHandedInAreNotKept() {
    byte[] key = bytes("key");
    byte[] value = bytes("value");
    store().put(key, value);
    key[0] = 'X';
    value[0] = 'X';
    assertHolds(bytes("value"), store(), bytes("key"));
    assertAbsent(store(), key);
  }

  @Test
  default void arraysHandedInAreNotChanged() {
    byte[] key = bytes("key");
    byte[] value = bytes("value");
    store().put(key, value);
    store().put(key, value, Put.ifEquals(value));
    store().get(key);
    store().delete(key);
    assertArrayEquals(bytes("key"), key);
    assertArrayEquals(bytes("value"), value);
  }

  @Test
  default void arraysHandedOutBelongToTheCaller() {
    store().put(bytes("key"), bytes("value"));
    store().get(bytes("key")).orElseThrow()[0] = 'X';
    store().getVersioned(bytes("key")).orElseThrow().value()[0] = 'X';
    store().getAll(List.of(bytes("key"))).getFirst().orElseThrow()[0] = 'X';
    store().read(bytes("key"), view -> view.toByteArray()).orElseThrow()[0] = 'X';
    store().randomKey().orElseThrow()[0] = 'X';
    store().scan(0, 10).items().forEach(key -> key[0] = 'X');
    Subject.entries(store(), Scan.all()).forEach(entry -> entry.key()[0] = entry.value()[0] = 'X');
    assertHolds(bytes("value"), store(), bytes("key"));
  }

  @Test
  default void getAllAnswersInTheKeysOrderWithGapsAndRepetitions() {
    store().put(bytes("a"), bytes("1"));
    store().put(bytes("b"), bytes("2"));
    List<Optional<byte[]>> values = store().getAll(List.of(bytes("b"), bytes("none"), bytes("a"), bytes("b")));
    assertEquals(
        List.of(Optional.of("32"), Optional.empty(), Optional.of("31"), Optional.of("32")),
        values.stream().map(value -> value.map(Bytes::show)).toList());
    assertEquals(List.of(), store().getAll(List.of()));
  }

  @Test
  default void sizeCountsEachKeyOnce() {
    assertEquals(0, store().size());
    store().put(bytes("a"), bytes("1"));
    store().put(bytes("b"), bytes("1"));
    store().put(bytes("a"), bytes("2"));
    assertEquals(2, store().size());
    store().delete(bytes("a"));
    assertEquals(1, store().size());
  }

  @Test
  default void randomKeyIsAnExistingKey() {
    assertFalse(store().randomKey().isPresent());
    for (int i = 0; i < 20; i++) {
      store().put(raw(i), bytes("value"));
    }
    for (int i = 1; i < 20; i++) {
      store().delete(raw(i));
    }
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(raw(0), store().randomKey().orElseThrow());
    }
    store().delete(raw(0));
    assertFalse(store().randomKey().isPresent());
  }

  @Test
  default void randomKeyReachesEveryKey() {
    for (int i = 0; i < 4; i++) {
      store().put(raw(i), bytes("value"));
    }
    boolean[] drawn = new boolean[4];
    for (int i = 0; i < 10_000 && !(drawn[0] && drawn[1] && drawn[2] && drawn[3]); i++) {
      drawn[store().randomKey().orElseThrow()[0]] = true;
    }
    assertTrue(drawn[0] && drawn[1] && drawn[2] && drawn[3], "10,000 draws never met one of four keys");
  }
}
