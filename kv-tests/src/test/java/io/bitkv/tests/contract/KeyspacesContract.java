package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Scan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keyspaces, numbered and named, are independent of each other. */
interface KeyspacesContract extends Subject {

  @Test
  default void sameKeyLivesInEachKeyspaceByItself() {
    List<Keyspace> spaces =
        List.of(
            store().keyspace(0),
            store().keyspace(1),
            store().keyspace(15),
            store().keyspace(1023),
            store().keyspace("0"),
            store().keyspace("name"),
            store().keyspace("Name"),
            store().keyspace("name "),
            store().keyspace("n".repeat(255)),
            store().keyspace("\u00fc\u4e16\ud83d\udd11".repeat(63)));
    for (Keyspace space : spaces) {
      space.put(bytes("key"), bytes(space.id().toString()));
    }
    for (Keyspace space : spaces) {
      assertHolds(bytes(space.id().toString()), space, bytes("key"));
      assertEquals(1, space.size());
      assertEquals(1, Subject.keys(space, Scan.all()).size());
    }
    spaces.get(5).delete(bytes("key"));
    for (Keyspace space : spaces) {
      assertEquals(space != spaces.get(5), space.contains(bytes("key")), () -> "in keyspace " + space.id());
    }
  }

  @Test
  default void storeItselfIsKeyspaceZero() {
    assertEquals(KeyspaceId.DEFAULT, store().id());
    store().put(bytes("a"), bytes("by the store"));
    store().keyspace(0).put(bytes("b"), bytes("by the keyspace"));
    assertHolds(bytes("by the store"), store().keyspace(new KeyspaceId.Numbered(0)), bytes("a"));
    assertHolds(bytes("by the keyspace"), store(), bytes("b"));
  }

  @Test
  default void keyspaceKnowsWhichItIs() {
    assertEquals(new KeyspaceId.Numbered(7), store().keyspace(7).id());
    assertEquals(new KeyspaceId.Named("seven"), store().keyspace("seven").id());
  }

  @Test
  default void askingForAKeyspaceWritesNothing() {
    long before = store().put(bytes("key"), bytes("value"));
    assertAbsent(store().keyspace("new"), bytes("key"));
    assertEquals(0, store().keyspace("new").size());
    assertEquals(before, store().getVersioned(bytes("key")).orElseThrow().version());
  }

  @Test
  default void everyNumberedKeyspaceCanBeUsed() {
    for (int number = 0; number < KeyspaceId.NUMBERED_LIMIT; number++) {
      store().keyspace(number).put(bytes("key"), bytes("" + number));
    }
    for (int number = 0; number < KeyspaceId.NUMBERED_LIMIT; number++) {
      assertEquals("" + number, new String(store().keyspace(number).get(bytes("key")).orElseThrow()));
    }
  }

  @Test
  default void numbersAndNamesOutOfRangeAreRefused() {
    assertThrows(InvalidOptionException.class, () -> store().keyspace(-1));
    assertThrows(InvalidOptionException.class, () -> store().keyspace(1024));
    assertThrows(InvalidOptionException.class, () -> store().keyspace(""));
    assertThrows(InvalidOptionException.class, () -> store().keyspace("n".repeat(256)));
  }
}
