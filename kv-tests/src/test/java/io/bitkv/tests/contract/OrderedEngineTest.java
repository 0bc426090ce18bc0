package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;

/** The engine with {@link DirectoryKind#ORDERED} keeps the contract. */
class OrderedEngineTest extends EngineContract {
  OrderedEngineTest() {
    super(DirectoryKind.ORDERED);
  }
}
