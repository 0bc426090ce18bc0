package io.bitkv.server;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;

/**
 * The options of SET and GETEX.
 *
 * @param condition what must hold of the key
 * @param isGet whether the value before is wanted
 * @param untimed when the value expires, if no time is given
 * @param form how the time is written, or null when none is given
 * @param timeIndex which argument is the time
 */
record SetOptions(
    Condition condition, boolean isGet, Expiry untimed, ExpiryArguments.Form form, int timeIndex) {

  /** Reads the options of SET, which begin behind the value. */
  static SetOptions ofSet(Arguments arguments) {
    Reader reader = new Reader(arguments, Expiry.NEVER);
    for (int i = 3; i < arguments.count(); i = reader.next) {
      reader.next = i + 1;
      if (arguments.is(i, "NX") && reader.condition != Condition.IF_PRESENT) {
        reader.condition = Condition.IF_ABSENT;
      } else if (arguments.is(i, "XX") && reader.condition != Condition.IF_ABSENT) {
        reader.condition = Condition.IF_PRESENT;
      } else if (arguments.is(i, "GET")) {
        reader.isGet = true;
      } else if (!reader.takesWord(i, "KEEPTTL", Expiry.KEEP)) {
        reader.takeTime(i);
      }
    }
    return reader.options();
  }

  /** Reads the options of GETEX, which begin behind the key; without any the expiry is kept. */
  static SetOptions ofGetex(Arguments arguments) {
    Reader reader = new Reader(arguments, Expiry.KEEP);
    for (int i = 2; i < arguments.count(); i = reader.next) {
      reader.next = i + 1;
      if (!reader.takesWord(i, "PERSIST", Expiry.NEVER)) {
        reader.takeTime(i);
      }
    }
    return reader.options();
  }

  /**
   * Works out when the value expires.
   *
   * @throws CommandException if the time that is given is none, or lies in the past of all times
   */
  Expiry expiry(Call call) {
    return form == null ? untimed : new Expiry.At(ExpiryArguments.positive(call, timeIndex, form));
  }

  /** Goes through the options. */
  private static final class Reader {
    private final Arguments arguments;
    private Expiry untimed;
    private Condition condition = Condition.ALWAYS;
    private boolean isGet;
    private boolean hasWord;
    private ExpiryArguments.Form form;
    private int timeIndex;
    private int next;

    Reader(Arguments arguments, Expiry untimed) {
      this.arguments = arguments;
      this.untimed = untimed;
    }

    /** Takes a word that stands for an expiry without a time. */
    boolean takesWord(int index, String word, Expiry meaning) {
      if (form != null || !arguments.is(index, word)) {
        return false;
      }
      hasWord = true;
      untimed = meaning;
      return true;
    }

    /**
     * Takes a word that announces a time, and the time; one of another form must not have come
     * before.
     */
    void takeTime(int index) {
      ExpiryArguments.Form announced = ExpiryArguments.announced(arguments, index);
      boolean isSame = form == null || form == announced;
      if (announced == null || !isSame || hasWord || index + 1 == arguments.count()) {
        throw CommandException.SYNTAX;
      }
      form = announced;
      timeIndex = index + 1;
      next = index + 2;
    }

    SetOptions options() {
      return new SetOptions(condition, isGet, untimed, form, timeIndex);
    }
  }
}
