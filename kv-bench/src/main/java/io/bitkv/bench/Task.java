package io.bitkv.bench;

import java.util.function.Consumer;

/**
 * One measurement of a run.
 *
 * @param group which group its figures belong to
 * @param round the round, from 1
 * @param name what is measured, for people
 * @param seconds how long it may take on a usual machine
 * @param job measures
 */
public record Task(String group, int round, String name, double seconds, Job job) {

  /** Measures. */
  @FunctionalInterface
  public interface Job {
    /**
     * Measures.
     *
     * @param sink receives the figures as they come
     * @throws Exception if something fails; the figures handed over stand
     */
    void run(Consumer<Measure> sink) throws Exception;
  }
}
