package io.bitkv.api.codec;

/**
 * A value cannot be turned into bytes, or bytes do not hold a value of the codec's type. The store is not at fault: what it keeps is as it
 * was, and a write that was to carry the value has not happened.
 *
 * {@snippet file="io/bitkv/api/codec/SnippetsTest.java" region="failure"}
 */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the type and what is wrong
   */
  public CodecException(String message) {
    super(message);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the type and what is wrong
   * @param cause what was caught, or null
   */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
