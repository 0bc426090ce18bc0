package io.bitkv.server;

import io.bitkv.api.Progress;

/** A line on the terminal that tells how far long work has come; nothing where nobody watches. */
final class ProgressLine implements Progress, AutoCloseable {

  private static final String ERASED = "\r\u001b[K";

  private final Console console;
  private String shown = "";

  ProgressLine(Console console) {
    this.console = console;
  }

  @Override
  public void advanced(String step, long doneBytes, long totalBytes) {
    if (!console.isTerminal()) {
      return;
    }
    long percent = totalBytes == 0 ? 100 : doneBytes * 100 / totalBytes;
    String text = step + ": " + percent + " %";
    if (!text.equals(shown)) {
      shown = text;
      console.err().print(ERASED + text);
      console.err().flush();
    }
  }

  /** Erases the line. */
  @Override
  public void close() {
    if (!shown.isEmpty()) {
      console.err().print(ERASED);
      console.err().flush();
      shown = "";
    }
  }
}
