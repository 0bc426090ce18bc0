package io.bitkv.server;

import io.bitkv.api.Expiry;

/**
 * When EXPIRE and its kin change an expiry. A key that does not expire counts as living for ever.
 *
 * @param ifNone only when there is none yet
 * @param ifSome only when there is one
 * @param ifLater only when the new one is later
 * @param ifSooner only when the new one is sooner
 */
record ExpireCondition(boolean ifNone, boolean ifSome, boolean ifLater, boolean ifSooner) {

  /**
   * Reads the options that follow the time.
   *
   * @throws CommandException if one is unknown, or some exclude each other
   */
  static ExpireCondition of(Arguments arguments) {
    boolean nx = false;
    boolean xx = false;
    boolean gt = false;
    boolean lt = false;
    for (int i = 3; i < arguments.count(); i++) {
      boolean isNx = arguments.is(i, "NX");
      boolean isXx = arguments.is(i, "XX");
      boolean isGt = arguments.is(i, "GT");
      boolean isLt = arguments.is(i, "LT");
      if (!isNx && !isXx && !isGt && !isLt) {
        throw new CommandException("ERR Unsupported option " + arguments.text(i, 128));
      }
      nx |= isNx;
      xx |= isXx;
      gt |= isGt;
      lt |= isLt;
    }
    if (nx && (xx || gt || lt)) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (gt && lt) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return new ExpireCondition(nx, xx, gt, lt);
  }

  /** Whether an expiry may take another's place. */
  boolean holds(long current, long next) {
    boolean isNone = current == Expiry.NONE;
    return !(ifNone && !isNone)
        && !(ifSome && isNone)
        && !(ifLater && (isNone || next <= current))
        && !(ifSooner && !isNone && next >= current);
  }
}
