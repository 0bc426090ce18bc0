package io.bitkv.api;

/**
 * Uses a value in place.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="read"}
 *
 * @param <R> what the use yields
 */
@FunctionalInterface
public interface ValueReader<R> {

  /**
   * Reads the value.
   *
   * @param view the value; valid only until this method returns
   * @return what the reader makes of it
   */
  R read(ValueView view);
}
