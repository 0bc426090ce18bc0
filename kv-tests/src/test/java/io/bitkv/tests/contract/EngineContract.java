package io.bitkv.tests.contract;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.tests.model.EngineStores;
import io.bitkv.tests.model.ManualClock;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, put to the engine that the service loader finds. */
abstract class EngineContract extends EmbeddedStoreContract {

  @RegisterExtension final EngineStores stores = new EngineStores();

  private final StoreOptions options;

  EngineContract(StoreOptions options) {
    this.options = options.withSyncPolicy(SyncPolicy.never());
  }

  @Override
  protected final EmbeddedStore openEmpty(ManualClock storeClock) {
    return stores.open(options.withClock(storeClock));
  }
}
