package io.bitkv.api;

/**
 * Is told how far a long piece of work has come. Calls come from the working thread, often; they must be quick.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="verify"}
 */
@FunctionalInterface
public interface Progress {

  /**
   * Takes a step forward.
   *
   * @param step what is being done, in a word or two
   * @param doneBytes how many bytes of this step are done
   * @param totalBytes how many there are in all, about; at least as many as are done
   */
  void advanced(String step, long doneBytes, long totalBytes);

  /**
   * Ignores every step.
   *
   * @return that progress
   */
  static Progress none() {
    return (step, doneBytes, totalBytes) -> {};
  }
}
