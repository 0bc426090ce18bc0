package io.bitkv.server;

/** A rule that is none, or cannot be applied. Its message says why. */
final class AclRuleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AclRuleException(String message) {
    super(message, null, false, false);
  }
}
