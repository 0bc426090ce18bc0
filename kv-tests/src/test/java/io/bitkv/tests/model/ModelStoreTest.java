package io.bitkv.tests.model;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.tests.contract.EmbeddedStoreContract;
import io.bitkv.tests.contract.OrderedScansContract;
import java.nio.file.Path;

/** The model keeps the contract that it is the measure of. */
class ModelStoreTest extends EmbeddedStoreContract implements OrderedScansContract {

  @Override
  protected EmbeddedStore openEmpty(ManualClock storeClock) {
    return new ModelStore(Path.of("nowhere"), storeClock);
  }
}
