package io.bitkv.tests.contract;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.StoreOptions;

/** The engine with {@link DirectoryKind#HEAP} keeps the contract, in segments that a few writes fill. */
class HeapEngineTest extends EngineContract implements UnorderedScansContract {
  HeapEngineTest() {
    super(StoreOptions.defaults().withDirectoryKind(DirectoryKind.HEAP).withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES));
  }
}
