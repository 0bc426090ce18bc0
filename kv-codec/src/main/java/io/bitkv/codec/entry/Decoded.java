package io.bitkv.codec.entry;

/**
 * What came of decoding bytes: a whole thing, a torn one, or a corrupt one. To be switched over without a default.
 *
 * @param <T> what was looked for
 */
public sealed interface Decoded<T> {

  /**
   * The bytes are whole and sound.
   *
   * @param value what they mean
   * @param <T> what was looked for
   */
  record Whole<T>(T value) implements Decoded<T> {}

  /**
   * The bytes end too early, and what is there is sound as far as it can be checked.
   *
   * @param missing how many more bytes are needed at least, 1 or more
   * @param <T> what was looked for
   */
  record Torn<T>(long missing) implements Decoded<T> {}

  /**
   * The bytes are not what was looked for.
   *
   * @param fault the first thing found wrong
   * @param <T> what was looked for
   */
  record Corrupt<T>(Fault fault) implements Decoded<T> {}
}
