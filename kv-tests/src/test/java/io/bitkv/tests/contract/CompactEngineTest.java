package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.StoreOptions;

/** The engine with {@link DirectoryKind#COMPACT} keeps the contract, in segments of which many tests fill several. */
class CompactEngineTest extends EngineContract implements UnorderedScansContract {
  CompactEngineTest() {
    super(StoreOptions.defaults().withDirectoryKind(DirectoryKind.COMPACT).withSegmentBytes(64 << 10));
  }
}
