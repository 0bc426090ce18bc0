package io.bitkv.server;

/** Texts of clients as logs and error replies show them: short, on one line, and without secrets. */
final class Shown {

  private Shown() {}

  /** An access rule; of one that holds a password only the first character is shown. */
  static String rule(String rule) {
    boolean isSecret = rule.startsWith(">") || rule.startsWith("<");
    return isSecret ? rule.charAt(0) + "(redacted)" : text(rule);
  }

  /** The beginning of a text on one line. */
  static String text(String text) {
    String shown =
        text.length() > Errors.SHOWN_BYTES ? text.substring(0, Errors.SHOWN_BYTES) : text;
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
