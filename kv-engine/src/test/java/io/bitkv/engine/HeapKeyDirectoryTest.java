package io.bitkv.engine;

/** The contract on the plain heap directory. */
class HeapKeyDirectoryTest extends KeyDirectoryContract {
  @Override
  KeyDirectory create(StripeLocks locks) {
    return new HeapKeyDirectory(locks);
  }
}
