package io.bitkv.tests.contract;

/** What a store may lack and still keep the contract. */
public enum Trait {
  /** Scans by range and in byte order, both ways; a store without them refuses such a scan. */
  ORDERED_SCANS,
  /** A clock that the tests move by hand. */
  MANUAL_CLOCK
}
