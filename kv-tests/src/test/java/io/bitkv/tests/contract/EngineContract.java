package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.tests.model.EngineStores;
import io.bitkv.tests.model.ManualClock;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, put to the engine that the service loader finds, in segments so small that most tests fill several. */
abstract class EngineContract extends EmbeddedStoreContract {

  private static final long SEGMENT_BYTES = 64 << 10;

  @RegisterExtension final EngineStores stores = new EngineStores();

  private final DirectoryKind kind;

  EngineContract(DirectoryKind kind) {
    this.kind = kind;
  }

  @Override
  protected final EmbeddedStore openEmpty(ManualClock storeClock) {
    return stores.open(
        StoreOptions.defaults()
            .withDirectoryKind(kind)
            .withSegmentBytes(SEGMENT_BYTES)
            .withSyncPolicy(SyncPolicy.never())
            .withClock(storeClock));
  }

  @Override
  public final Set<Trait> traits() {
    return kind == DirectoryKind.ORDERED ? EnumSet.allOf(Trait.class) : EnumSet.of(Trait.MANUAL_CLOCK);
  }
}
