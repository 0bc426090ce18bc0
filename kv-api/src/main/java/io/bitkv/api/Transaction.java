package io.bitkv.api;

/**
 * The store as the body of {@link KeyValueStore#atomically} sees it: nobody else's writes to the guarded keys fall in between, its own
 * writes are seen by its later reads, and all of them are applied together when the body returns, or none when it throws.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="transaction"}
 *
 * <p>Valid only while the body runs, and only on its thread. Reading or writing a key that was not named beforehand is an {@link
 * IllegalArgumentException}. The versions that writes return here are provisional: greater than every version read in the body, but only
 * {@link KeyValueStore#atomically}'s effect, read back, shows the final ones. {@link Put#isDurable()} on any write makes the whole durable.
 */
public interface Transaction extends Keyspaces {}
