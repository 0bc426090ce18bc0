package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.Outcome;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Keys and values up to the greatest length are taken; one byte more is refused and changes nothing. */
interface LimitsContract extends Subject {

  private static byte[] longestKey() {
    return Bytes.random(7, Keyspace.MAX_KEY_BYTES);
  }

  private static byte[] tooLongKey() {
    return Bytes.random(7, Keyspace.MAX_KEY_BYTES + 1);
  }

  private void assertRefusedAndUnchanged(Executable write) {
    long version = store().put(bytes("key"), bytes("value"));
    LimitExceededException refusal = assertThrows(LimitExceededException.class, write);
    assertEquals(Outcome.NOT_APPLIED, refusal.outcome());
    assertTrue(refusal.getMessage().matches(".*\\d.*"), () -> "says no length: " + refusal.getMessage());
    assertEquals(version, store().getVersioned(bytes("key")).orElseThrow().version());
    assertEquals(List.of(Bytes.show(bytes("key"))), Subject.keys(store(), Scan.all()));
    store().put(bytes("key"), bytes("next"));
    assertHolds(bytes("next"), store(), bytes("key"));
  }

  @Test
  @DisplayName("F38 keyOfTheGreatestLengthIsTaken")
  default void keyOfTheGreatestLengthIsTaken() {
    byte[] almost = longestKey();
    almost[almost.length - 1] ^= 1;
    store().put(longestKey(), bytes("value"));
    store().put(almost, bytes("other"));
    assertHolds(bytes("value"), store(), longestKey());
    assertHolds(bytes("other"), store(), almost);
    store().delete(longestKey());
    assertEquals(List.of(Bytes.show(almost)), Subject.keys(store(), Scan.all()));
  }

  @Test
  @DisplayName("F38 keyOneByteTooLongIsRefused")
  default void keyOneByteTooLongIsRefused() {
    assertRefusedAndUnchanged(() -> store().put(tooLongKey(), bytes("value")));
    assertRefusedAndUnchanged(() -> store().put(tooLongKey(), bytes("value"), Put.ifAbsent()));
  }

  @Test
  @DisplayName("F38 valueOneByteTooLongIsRefused")
  default void valueOneByteTooLongIsRefused() {
    byte[] tooLong = new byte[Keyspace.MAX_VALUE_BYTES + 1];
    assertRefusedAndUnchanged(() -> store().put(bytes("big"), tooLong));
    assertRefusedAndUnchanged(() -> store().put(bytes("key"), tooLong, Put.ifPresent()));
    assertRefusedAndUnchanged(() -> store().commit(new WriteBatch().put(bytes("small"), bytes("1")).put(bytes("big"), tooLong)));
  }

  @Test
  @Tag("long")
  @DisplayName("F38 valueOfTheGreatestLengthIsTaken")
  default void valueOfTheGreatestLengthIsTaken() {
    byte[] value = Bytes.random(3, Keyspace.MAX_VALUE_BYTES);
    store().put(bytes("big"), value);
    store().put(bytes("key"), bytes("next"));
    assertTrue(Arrays.equals(value, store().get(bytes("big")).orElseThrow()));
    assertHolds(bytes("next"), store(), bytes("key"));
  }

  @Test
  @DisplayName("F38 batchWithAnOversizedWriteIsRefusedWhole")
  default void batchWithAnOversizedWriteIsRefusedWhole() {
    WriteBatch batch = new WriteBatch().put(bytes("a"), bytes("1")).put(tooLongKey(), bytes("1")).delete(bytes("key"));
    assertRefusedAndUnchanged(() -> store().commit(batch));
  }

  @Test
  @DisplayName("F38 transactionWithAnOversizedWriteIsRefusedWhole")
  default void transactionWithAnOversizedWriteIsRefusedWhole() {
    List<KeyRef> keys = List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("a")), new KeyRef(KeyspaceId.DEFAULT, tooLongKey()));
    assertRefusedAndUnchanged(
        () ->
            store()
                .atomically(
                    keys,
                    transaction -> {
                      transaction.put(bytes("a"), bytes("1"));
                      return transaction.put(tooLongKey(), bytes("1"));
                    }));
  }
}
