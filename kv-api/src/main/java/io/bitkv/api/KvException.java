package io.bitkv.api;

/**
 * The root of everything a {@link KeyValueStore} throws on purpose.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="failure"}
 *
 * <p>The family is sealed, so that a {@code switch} over it is complete, and each member says through {@link #outcome()} whether
 * the operation took effect. Programming errors (a null argument, say) are the JDK's own exceptions and not part of it.
 */
public abstract sealed class KvException extends RuntimeException
    permits LimitExceededException,
        InvalidOptionException,
        UnsupportedFeatureException,
        StoreClosedException,
        StoreLockedException,
        StoreCorruptException,
        StoreFormatException,
        StoreIoException,
        WritesRefusedException,
        SyncFailedException,
        NotSentException,
        OverloadedException,
        OutcomeUnknownException,
        RejectedException {

  private static final long serialVersionUID = 1L;

  /** What is known of the operation. */
  private final Outcome outcome;

  /**
   * Makes an exception.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   * @param outcome what is known of the operation
   */
  KvException(String message, Throwable cause, Outcome outcome) {
    super(message, cause);
    this.outcome = outcome;
  }

  /**
   * Tells whether the operation took effect.
   *
   * @return what is known of it
   */
  public final Outcome outcome() {
    return outcome;
  }
}
