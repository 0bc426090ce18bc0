package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.raw;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.Scan;
import io.bitkv.api.UnsupportedFeatureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store does with a scan in byte order that has no such order: it says so. */
public interface UnorderedScansContract extends Subject {

  @Test
  default void storeWithoutOrderRefusesOrderedScans() {
    store().put(raw('a'), raw('b'));
    for (Scan scan : List.of(Scan.all().ordered(), Scan.all().reversed(), Scan.range(raw('a'), null))) {
      assertThrows(UnsupportedFeatureException.class, () -> Subject.keys(store(), scan));
      assertThrows(UnsupportedFeatureException.class, () -> Subject.entries(store(), scan));
    }
  }
}
