package io.bitkv.server;

/**
 * Reads the times that commands give for keys to expire, as milliseconds since 1970-01-01T00:00Z.
 */
final class ExpiryArguments {

  private static final long MILLIS_PER_SECOND = 1000;

  /** How a time is written. */
  enum Form {
    /** Seconds from now. */
    SECONDS("EX", true, true),
    /** Milliseconds from now. */
    MILLIS("PX", false, true),
    /** Seconds since 1970. */
    UNIX_SECONDS("EXAT", true, false),
    /** Milliseconds since 1970. */
    UNIX_MILLIS("PXAT", false, false);

    private final String option;
    private final boolean isSeconds;
    private final boolean isRelative;

    Form(String option, boolean isSeconds, boolean isRelative) {
      this.option = option;
      this.isSeconds = isSeconds;
      this.isRelative = isRelative;
    }

    /** The word that announces it. */
    String option() {
      return option;
    }
  }

  private ExpiryArguments() {}

  /** Finds the form that an argument announces, or null. */
  static Form announced(Arguments arguments, int index) {
    for (Form form : Form.values()) {
      if (arguments.is(index, form.option)) {
        return form;
      }
    }
    return null;
  }

  /**
   * Reads a time that must lie after now, or after 1970.
   *
   * @throws CommandException if it does not, or lies beyond the calendar
   */
  static long positive(Call call, int index, Form form) {
    long value = call.arguments().integer(index);
    if (value <= 0) {
      throw CommandException.invalidExpire(call.command().name());
    }
    return absolute(call, value, form);
  }

  /**
   * Reads a time that may lie in the past.
   *
   * @throws CommandException if it lies beyond the calendar
   */
  static long any(Call call, int index, Form form) {
    return absolute(call, call.arguments().integer(index), form);
  }

  private static long absolute(Call call, long value, Form form) {
    try {
      long millis = form.isSeconds ? Math.multiplyExact(value, MILLIS_PER_SECOND) : value;
      return form.isRelative ? Math.addExact(millis, call.server().clock().millis()) : millis;
    } catch (ArithmeticException e) {
      throw CommandException.invalidExpire(call.command().name());
    }
  }
}
