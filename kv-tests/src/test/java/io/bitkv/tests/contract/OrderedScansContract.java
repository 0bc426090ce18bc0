package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.raw;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.api.Scan;
import io.bitkv.tests.model.Bytes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scans by range and in byte order, both ways, for stores that have them. */
public interface OrderedScansContract extends Subject {

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
  default void orderedScansFollowUnsignedBytesBothWays() {
    byte[][] ascending = {raw(), raw(0), raw(0, 0), raw(0, 255), raw(1), raw(127), raw(127, 255), raw(128), raw(255), raw(255, 0)};
    for (int i = 0; i < ascending.length; i++) {
      putAll(ascending[(i * 7 + 3) % ascending.length]);
    }
    List<String> expected = shown(ascending);
    assertEquals(expected, scanned(Scan.all().ordered()));
    assertEquals(expected.reversed(), scanned(Scan.all().reversed()));
    assertEquals(expected, scanned(Scan.all().ordered().snapshot()));
    assertEquals(expected.reversed().subList(0, 4), scanned(Scan.all().reversed().limit(4)));
    assertEquals(shown(raw(0), raw(0, 0), raw(0, 255)), scanned(Scan.prefix(raw(0)).ordered()));
    assertEquals(shown(raw(0, 255), raw(0, 0), raw(0)), scanned(Scan.prefix(raw(0)).reversed()));
    assertEquals(shown(raw(255, 0), raw(255)), scanned(Scan.prefix(raw(255)).reversed()));
  }

  @Test
  default void rangeHasAnInclusiveStartAndAnExclusiveEnd() {
    putAll(raw('a'), raw('b'), raw('b', 0), raw('c'), raw('d'));
    assertEquals(shown(raw('b'), raw('b', 0), raw('c')), scanned(Scan.range(raw('b'), raw('d'))));
    assertEquals(shown(raw('c'), raw('b', 0), raw('b')), scanned(Scan.range(raw('b'), raw('d')).reversed()));
    assertEquals(shown(raw('a'), raw('b')), scanned(Scan.range(null, raw('b', 0))));
    assertEquals(shown(raw('d'), raw('c')), scanned(Scan.range(raw('b', 1), null).reversed()));
    assertEquals(5, scanned(Scan.range(null, null)).size());
    assertEquals(List.of(), scanned(Scan.range(raw('b'), raw('b'))));
    assertEquals(List.of(), scanned(Scan.range(raw('d'), raw('b'))));
    assertEquals(List.of(), scanned(Scan.range(raw('d'), raw('b')).reversed()));
    assertEquals(shown(raw('b')), scanned(Scan.range(raw('b'), raw('d')).limit(1)));
  }
}
