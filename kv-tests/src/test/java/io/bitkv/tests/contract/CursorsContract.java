package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Page;
import io.bitkv.tests.model.Bytes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The steps of a live scan meet every key that is there from the first to the last, though nothing is kept between them. */
interface CursorsContract extends Subject {

  private Set<String> put(String name, int count) {
    Set<String> keys = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      store().put(bytes(name + i), bytes("value"));
      keys.add(Bytes.show(bytes(name + i)));
    }
    return keys;
  }

  @Test
  default void emptyKeyspaceEndsAtTheFirstStep() {
    Page<byte[]> page = store().scan(Page.START, 10);
    assertEquals(List.of(), page.items());
    assertTrue(page.isLast());
  }

  @Test
  default void walkMeetsEveryKeyWhateverTheCount() {
    Set<String> keys = put("key", 700);
    for (int count : new int[] {1, 7, 699, 700, 701, 100_000, Integer.MAX_VALUE}) {
      assertEquals(keys, Cursors.walk(store(), count), () -> "in steps of " + count);
    }
  }

  @Test
  default void walkMeetsOnlyItsOwnKeyspace() {
    put("key", 50);
    store().keyspace(3).put(bytes("other"), bytes("value"));
    assertEquals(Set.of(Bytes.show(bytes("other"))), Cursors.walk(store().keyspace(3), 10));
    assertEquals(50, Cursors.walk(store(), 10).size());
  }

  @Test
  default void walkMeetsWhatStaysWhileKeysCome() {
    Set<String> staying = put("stays", 200);
    AtomicInteger step = new AtomicInteger();
    Set<String> met =
        Cursors.walk(store(), 5, () -> { if (step.incrementAndGet() <= 30) { put("comes" + step, 100); } });
    assertTrue(met.containsAll(staying));
  }

  @Test
  default void walkMeetsWhatStaysWhileKeysGo() {
    Set<String> staying = put("stays", 100);
    put("goes", 2000);
    AtomicInteger next = new AtomicInteger();
    Set<String> met =
        Cursors.walk(
            store(),
            5,
            () -> {
              for (int i = 0; i < 100; i++) {
                store().delete(bytes("goes" + next.getAndIncrement()));
              }
            });
    assertTrue(met.containsAll(staying));
  }

  @Test
  default void walkMeetsWhatStaysWhileItIsOverwritten() {
    Set<String> staying = put("stays", 300);
    assertEquals(staying, Cursors.walk(store(), 5, () -> put("stays", 300)));
  }

  @Test
  default void cursorCanBeUsedAgain() {
    put("key", 100);
    Page<byte[]> first = store().scan(Page.START, 10);
    List<String> once = store().scan(first.next(), 10).items().stream().map(Bytes::show).toList();
    store().scan(Page.START, 50);
    assertEquals(once, store().scan(first.next(), 10).items().stream().map(Bytes::show).toList());
  }

  @Test
  default void walkDoesNotMeetWhatWasDeletedBefore() {
    put("key", 100);
    for (int i = 0; i < 100; i += 2) {
      store().delete(bytes("key" + i));
    }
    assertEquals(50, Cursors.walk(store(), 9).size());
  }
}
