package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;

/** The engine with {@link DirectoryKind#COMPACT} keeps the contract. */
class CompactEngineTest extends EngineContract {
  CompactEngineTest() {
    super(DirectoryKind.COMPACT);
  }
}
