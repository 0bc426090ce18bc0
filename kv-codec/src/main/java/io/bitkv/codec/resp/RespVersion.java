package io.bitkv.codec.resp;

/** A version of the protocol, chosen by each connection with {@code HELLO}. */
public enum RespVersion {
  /** Version 2, which every connection starts with. */
  RESP2(2),
  /** Version 3, with its own types for nulls, maps, sets, doubles, booleans and pushes. */
  RESP3(3);

  private final int number;

  RespVersion(int number) {
    this.number = number;
  }

  /**
   * The number that {@code HELLO} takes and answers.
   *
   * @return 2 or 3
   */
  public int number() {
    return number;
  }
}
