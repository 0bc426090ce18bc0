package io.bitkv.engine;

/** The threads of a store that work without being asked: those that remove what has expired, merge, and keep house. */
record Maintenance(Expirer expirer, Merger merger, Housekeeper housekeeper) {
  void start() {
    housekeeper.start();
    expirer.start();
    merger.start();
  }

  /** Ends the work that changes the log. */
  void endWrites() {
    merger.close();
    expirer.close();
  }
}
