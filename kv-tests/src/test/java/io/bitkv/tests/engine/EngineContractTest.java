package io.bitkv.tests.engine;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.tests.contract.EmbeddedStoreContract;
import io.bitkv.tests.contract.Trait;
import io.bitkv.tests.model.ManualClock;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The engine keeps the contract with each of its key directories; small segments make it roll over all the time. */
class EngineContractTest {

  /** Holds an engine to the contract. */
  abstract static class Contract extends EmbeddedStoreContract {
    @TempDir private Path directory;

    abstract StoreOptions options(StoreOptions defaults);

    @Override
    protected EmbeddedStore openEmpty(ManualClock storeClock) {
      return KeyValueStore.open(directory.resolve("store"), options(StoreOptions.defaults()).withClock(storeClock));
    }

    @Override
    public Set<Trait> traits() {
      return EnumSet.of(Trait.MANUAL_CLOCK);
    }
  }

  @Nested
  class Compact extends Contract {
    @Override
    StoreOptions options(StoreOptions defaults) {
      return defaults;
    }
  }

  @Nested
  class CompactInSmallSegments extends Contract {
    @Override
    StoreOptions options(StoreOptions defaults) {
      return defaults.withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES);
    }
  }

  @Nested
  class Heap extends Contract {
    @Override
    StoreOptions options(StoreOptions defaults) {
      return defaults.withDirectoryKind(DirectoryKind.HEAP);
    }
  }

  @Nested
  class Ordered extends Contract {
    @Override
    StoreOptions options(StoreOptions defaults) {
      return defaults.withDirectoryKind(DirectoryKind.ORDERED);
    }

    @Override
    public Set<Trait> traits() {
      return EnumSet.allOf(Trait.class);
    }
  }
}
