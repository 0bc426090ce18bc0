package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.StoreOptions;

/** The engine with {@link DirectoryKind#ORDERED} keeps the contract, in one segment that no test fills. */
class OrderedEngineTest extends EngineContract implements OrderedScansContract {
  OrderedEngineTest() {
    super(StoreOptions.defaults().withDirectoryKind(DirectoryKind.ORDERED));
  }
}
