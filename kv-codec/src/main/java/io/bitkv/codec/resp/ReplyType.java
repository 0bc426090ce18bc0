package io.bitkv.codec.resp;

/** The types of replies, as a parser reports them. */
public enum ReplyType {
  /** A short text without line ends. */
  SIMPLE_STRING("a simple string"),
  /** The server refused: a code and a message. */
  ERROR("an error"),
  /** A 64-bit signed integer. */
  INTEGER("an integer"),
  /** Any bytes. */
  BULK("a bulk string"),
  /** The absence of a value. */
  NULL("a null"),
  /** Any values in order. */
  ARRAY("an array"),
  /** Keys with their values. */
  MAP("a map"),
  /** Different values without order. */
  SET("a set"),
  /** A message that answers no request. */
  PUSH("a push"),
  /** A 64-bit floating-point number. */
  DOUBLE("a double"),
  /** True or false. */
  BOOLEAN("a boolean"),
  /** An integer of any size. */
  BIG_NUMBER("a big number"),
  /** A text with its format. */
  VERBATIM("a verbatim string");

  private final String title;

  ReplyType(String title) {
    this.title = title;
  }

  /**
   * The type in words, for messages.
   *
   * @return such as {@code a bulk string}
   */
  @Override
  public String toString() {
    return title;
  }
}
