package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.tests.model.Bytes;
import org.junit.jupiter.api.Test;

/** A value can be used where it lies, or be copied into an array of the caller's. */
interface InPlaceContract extends Subject {

  @Test
  default void readUsesTheValueInPlace() {
    long version = store().put(bytes("key"), bytes("value"));
    assertEquals(
        "5 bytes of version " + version + " that do not expire",
        store()
            .read(
                bytes("key"),
                view ->
                    view.length() + " bytes of version " + view.version()
                        + (view.expiresAtMillis() == 0 ? " that do not expire" : " that expire"))
            .orElseThrow());
  }

  @Test
  default void viewCopiesToAnOffsetAndLeavesTheRest() {
    store().put(bytes("key"), bytes("value"));
    byte[] target = bytes("..........");
    store().read(bytes("key"), view -> { view.copyTo(target, 3); return true; });
    assertArrayEquals(bytes("...value.."), target);
  }

  @Test
  default void viewRefusesATargetThatIsTooSmallAndCopiesNothing() {
    store().put(bytes("key"), bytes("value"));
    byte[] target = bytes("......");
    for (int offset : new int[] {2, 6, 7, -1, Integer.MAX_VALUE}) {
      store()
          .read(bytes("key"), view -> assertThrows(IndexOutOfBoundsException.class, () -> view.copyTo(target, offset)));
    }
    assertArrayEquals(bytes("......"), target);
  }

  @Test
  default void valueIsCopiedIntoTheCallersArray() {
    store().put(bytes("key"), bytes("value"));
    byte[] target = bytes("......");
    assertEquals(5, store().getInto(bytes("key"), target));
    assertArrayEquals(bytes("value."), target);
    byte[] exact = new byte[5];
    assertEquals(5, store().getInto(bytes("key"), exact));
    assertArrayEquals(bytes("value"), exact);
    store().put(bytes("empty"), bytes(""));
    assertEquals(0, store().getInto(bytes("empty"), target));
    assertEquals(-1, store().getInto(bytes("none"), target));
    assertArrayEquals(bytes("value."), target);
    assertThrows(NullPointerException.class, () -> store().getInto(bytes("key"), null));
  }

  @Test
  default void nothingIsCopiedOfAValueThatIsTooLongForTheCallersArray() {
    byte[] large = Bytes.random(7, 200_000);
    store().put(bytes("key"), bytes("value"));
    store().put(bytes("large"), large);
    byte[] target = bytes("....");
    assertEquals(5, store().getInto(bytes("key"), target));
    assertEquals(large.length, store().getInto(bytes("large"), target));
    assertArrayEquals(bytes("...."), target);
    byte[] room = new byte[large.length];
    assertEquals(large.length, store().getInto(bytes("large"), room));
    assertArrayEquals(large, room);
  }

  @Test
  default void readersExceptionReachesTheCallerAndTheStoreGoesOn() {
    store().put(bytes("key"), bytes("value"));
    IllegalStateException thrown = new IllegalStateException("the reader's own");
    IllegalStateException caught =
        assertThrows(IllegalStateException.class, () -> store().read(bytes("key"), view -> { throw thrown; }));
    assertEquals(thrown.getMessage(), caught.getMessage());
    store().put(bytes("key"), bytes("next"));
    assertHolds(bytes("next"), store(), bytes("key"));
  }
}
