package io.bitkv.api;

import java.nio.file.Path;

/**
 * Bytes that were once durable no longer check out; nothing was changed and no value was guessed.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="opening"}
 */
public final class StoreCorruptException extends KvException {

  private static final long serialVersionUID = 1L;

  /** The damaged file's path, as text so that the exception can be serialized. */
  private final String file;

  /** Where in the file the damage begins, in bytes. */
  private final long offset;

  /**
   * Makes the exception.
   *
   * @param file the damaged file
   * @param offset where in the file the damage begins, in bytes
   * @param detail what is wrong there, and what to do
   */
  public StoreCorruptException(Path file, long offset, String detail) {
    super(file + " is damaged at offset " + offset + ": " + detail, null, Outcome.NOT_APPLIED);
    this.file = file.toString();
    this.offset = offset;
  }

  /**
   * Names the damaged file.
   *
   * @return its path
   */
  public Path file() {
    return Path.of(file);
  }

  /**
   * Tells where the damage begins.
   *
   * @return the offset in the file, in bytes
   */
  public long offset() {
    return offset;
  }
}
