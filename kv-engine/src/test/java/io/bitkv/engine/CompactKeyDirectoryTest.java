package io.bitkv.engine;

/** The contract on the off-heap directory. */
class CompactKeyDirectoryTest extends KeyDirectoryContract {
  @Override
  KeyDirectory create(StripeLocks locks) {
    return new CompactKeyDirectory(locks);
  }
}
