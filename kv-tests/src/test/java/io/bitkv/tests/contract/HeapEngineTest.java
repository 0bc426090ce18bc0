package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;

/** The engine with {@link DirectoryKind#HEAP} keeps the contract. */
class HeapEngineTest extends EngineContract {
  HeapEngineTest() {
    super(DirectoryKind.HEAP);
  }
}
