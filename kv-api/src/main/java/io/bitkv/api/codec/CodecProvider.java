package io.bitkv.api.codec;

import java.util.Optional;

/**
 * A source of codecs for types that this package does not know, found by {@link java.util.ServiceLoader}: a module offers one with {@code
 * provides CodecProvider with ...}. {@link Codec#of(Class)} asks the providers, and so do record codecs for the types of components.
 *
 * {@snippet file="io/bitkv/api/codec/SnippetsTest.java" region="provider"}
 *
 * <p>Implementations must be safe for use by many threads.
 */
public interface CodecProvider {

  /**
   * Finds the codec of a type.
   *
   * @param type the type
   * @return its codec, which must be one of values of exactly that type, or empty when this provider has none
   */
  Optional<Codec<?>> codec(Class<?> type);
}
