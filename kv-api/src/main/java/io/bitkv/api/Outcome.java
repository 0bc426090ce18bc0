package io.bitkv.api;

/**
 * What is known of an operation that ended in a {@link KvException}.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="failure"}
 */
public enum Outcome {
  /** The operation certainly changed nothing; it may be repeated. */
  NOT_APPLIED,
  /** The operation's effect certainly stands. */
  APPLIED,
  /** The operation may or may not have taken effect; read before it is repeated. */
  UNKNOWN
}
