package io.bitkv.server;

/**
 * A command's refusal: the error reply it is answered with. It carries no stack trace, since it
 * says nothing about this program.
 */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final CommandException SYNTAX = new CommandException("ERR syntax error");
  static final CommandException NOT_AN_INTEGER =
      new CommandException("ERR value is not an integer or out of range");
  static final CommandException NOT_A_FLOAT =
      new CommandException("ERR value is not a valid float");
  static final CommandException NO_SUCH_KEY = new CommandException("ERR no such key");
  static final CommandException SAME_OBJECT =
      new CommandException("ERR source and destination objects are the same");
  static final CommandException DATABASE_OUT_OF_RANGE =
      new CommandException("ERR DB index is out of range");
  static final CommandException STRING_TOO_LONG =
      new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");

  /**
   * Makes a refusal.
   *
   * @param reply the error reply: its code, a blank and its text
   */
  CommandException(String reply) {
    super(reply, null, false, false);
  }

  /** A request with too few or too many arguments. */
  static CommandException wrongArity(String command) {
    return new CommandException("ERR wrong number of arguments for '" + command + "' command");
  }

  /** An expiry that is zero, negative or beyond the calendar. */
  static CommandException invalidExpire(String command) {
    return new CommandException("ERR invalid expire time in '" + command + "' command");
  }
}
