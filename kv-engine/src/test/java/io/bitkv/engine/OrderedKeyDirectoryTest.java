package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranges of keys in order. */
class OrderedKeyDirectoryTest {
  private final DirectoryFixture fixture = new DirectoryFixture(DirectoryKind.ORDERED, 4);
  private final OrderedKeys ordered = (OrderedKeys) fixture.directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  private static KeySlice key(byte... bytes) {
    return KeySlice.of(bytes, DirectoryFixture.mix(Arrays.hashCode(bytes)));
  }

  private static KeySlice key(String name) {
    return key(bytes(name));
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void put(String... names) {
    for (String name : names) {
      fixture.put(key(name));
    }
  }

  private List<String> ascending(KeyRange range) {
    return names(ordered.ascending(range));
  }

  private static List<String> names(Iterator<KeySlice> keys) {
    List<String> names = new ArrayList<>();
    keys.forEachRemaining(key -> names.add(new String(key.toByteArray(), StandardCharsets.ISO_8859_1)));
    return names;
  }

  @Test
  void keysComeInUnsignedByteOrder() {
    put("b", "a", "ab", "", "\u00ff", "\u007f", "\u0080");
    assertEquals(List.of("", "a", "ab", "b", "\u007f", "\u0080", "\u00ff"), ascending(KeyRange.all()));
    assertEquals(
        List.of("\u00ff", "\u0080", "\u007f", "b", "ab", "a", ""), names(ordered.descending(KeyRange.all())));
  }

  @Test
  void boundsAreInclusiveOrExclusive() {
    put("a", "b", "c", "d");
    KeyRange all = KeyRange.all();
    assertEquals(List.of("b", "c"), ascending(all.from(bytes("b"), true).to(bytes("c"), true)));
    assertEquals(List.of("c"), ascending(all.from(bytes("b"), false).to(bytes("c"), true)));
    assertEquals(List.of("b"), ascending(all.from(bytes("b"), true).to(bytes("c"), false)));
    assertEquals(List.of("c", "b"), names(ordered.descending(all.from(bytes("aa"), true).to(bytes("cc"), true))));
    assertEquals(List.of(), ascending(all.from(bytes("c"), true).to(bytes("b"), true)));
    assertEquals(List.of(), ascending(all.from(bytes("b"), true).to(bytes("b"), false)));
    assertEquals(List.of("b"), ascending(all.from(bytes("b"), true).to(bytes("b"), true)));
  }

  @Test
  void aPrefixSelectsTheKeysThatBeginWithIt() {
    put("", "a", "ab", "ab\u00ff", "ac", "b", "\u00ff", "\u00ff\u00ff");
    assertEquals(List.of("ab", "ab\u00ff"), ascending(KeyRange.startingWith(bytes("ab"))));
    assertEquals(List.of("ab\u00ff"), ascending(KeyRange.startingWith(bytes("ab\u00ff"))));
    assertEquals(List.of("\u00ff", "\u00ff\u00ff"), ascending(KeyRange.startingWith(bytes("\u00ff"))));
    assertEquals(8, ascending(KeyRange.startingWith(bytes(""))).size());
  }

  @Test
  void narrowingNeverWidens() {
    put("a", "b", "c", "d");
    KeyRange range = KeyRange.all().from(bytes("b"), false).to(bytes("d"), false);
    assertEquals(List.of("c"), ascending(range));
    assertEquals(List.of("c"), ascending(range.from(bytes("a"), true).to(bytes("e"), true)));
    assertEquals(List.of("c"), ascending(range.from(bytes("b"), true).to(bytes("d"), true)));
    assertTrue(range.from(bytes("c"), false).to(bytes("c"), true).isEmpty());
    assertFalse(range.isEmpty());
  }

  @Test
  void anIteratorGoesOnWhileKeysComeAndGo() {
    put("a", "c", "e", "g");
    Iterator<KeySlice> keys = ordered.ascending(KeyRange.all());
    assertEquals(key("a"), keys.next());
    put("b", "f");
    fixture.delete(key("e"));
    fixture.delete(key("a"));
    List<String> rest = names(keys);
    assertTrue(rest.containsAll(List.of("c", "g")), rest::toString);
    assertEquals(rest.stream().sorted().distinct().toList(), rest);
  }

  @Test
  void removedAndClearedKeysLeaveTheOrder() {
    put("a", "b", "c");
    fixture.delete(key("b"));
    assertEquals(List.of("a", "c"), ascending(KeyRange.all()));
    fixture.locks.lockEvery();
    fixture.directory.clear();
    fixture.locks.unlockEvery();
    assertEquals(List.of(), ascending(KeyRange.all()));
  }

  @Test
  void loadedKeysAreInOrder() {
    try (DirectoryLoader loader = fixture.directory.loader(fixture.log.conflicts(location -> {}))) {
      DirectoryLoader.Lane lane = loader.lane();
      for (String name : List.of("c", "a", "b")) {
        lane.put(key(name), fixture.log.append(key(name)), 1);
      }
      lane.tombstone(key("b"), fixture.log.append(key("b")), 2);
      loader.build(0, 4, 0);
    }
    assertEquals(List.of("a", "c"), ascending(KeyRange.all()));
  }
}
