package io.bitkv.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * What must hold of a key for a conditional write to be applied. An expired key counts as absent.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="condition"}
 */
public sealed interface Condition {

  /** Holds always. */
  record Always() implements Condition {}

  /** Holds when the key does not exist. */
  record IfAbsent() implements Condition {}

  /** Holds when the key exists. */
  record IfPresent() implements Condition {}

  /**
   * Holds when the key exists and was last written by that write.
   *
   * @param version a version read before, see {@link Versioned#version()}
   */
  record IfVersion(long version) implements Condition {}

  /**
   * Holds when the key exists and its value is equal, byte for byte.
   *
   * @param value the expected value; not copied, so it must not be changed afterwards
   */
  record IfEquals(byte[] value) implements Condition {
    /** Checks that there is a value. */
    public IfEquals {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof IfEquals that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  /** The condition that always holds. */
  Condition ALWAYS = new Always();

  /** The condition that holds when the key does not exist. */
  Condition IF_ABSENT = new IfAbsent();

  /** The condition that holds when the key exists. */
  Condition IF_PRESENT = new IfPresent();
}
