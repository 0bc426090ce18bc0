package io.bitkv.server;

/**
 * Finds which keys a request uses, for commands whose arguments do not have them at fixed places,
 * or that use them in a way that other arguments decide.
 */
@FunctionalInterface
interface KeyFinder {

  /** The index that stands for whichever keys there are. */
  int ANY_KEY = -1;

  /** Is told of each key. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Notes a key.
     *
     * @param index where it stands among the arguments, or {@link #ANY_KEY}
     * @param isRead whether something of its value is told or used
     * @param isWritten whether it may be changed
     */
    void key(int index, boolean isRead, boolean isWritten);
  }

  /** Goes through the keys of a request. */
  void find(Arguments arguments, Visitor visitor);

  /** Finds that a command reads whichever keys there are if a word stands among its options. */
  static KeyFinder readingAllIf(String word, int firstOption) {
    return (arguments, visitor) -> {
      for (int i = firstOption; i < arguments.count(); i++) {
        if (arguments.is(i, word)) {
          visitor.key(ANY_KEY, true, false);
          return;
        }
      }
    };
  }
}
