package io.bitkv.bench;

import java.util.function.Consumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long one kind of operation took, by percentiles. For one thread at a time, unless it is {@link #shared}. */
public final class Latencies {

  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Histogram histogram;

  private Latencies(Histogram histogram) {
    this.histogram = histogram;
  }

  /** Makes a collection that is empty. */
  public Latencies() {
    this(new Histogram(HIGHEST_NANOS, DIGITS));
  }

  /**
   * Makes a collection that is empty and that many threads may add to at once.
   *
   * @return the collection
   */
  public static Latencies shared() {
    return new Latencies(new ConcurrentHistogram(HIGHEST_NANOS, DIGITS));
  }

  /**
   * Adds an operation that has just ended.
   *
   * @param begin when it began, as {@link System#nanoTime} told
   */
  public void since(long begin) {
    histogram.recordValue(Math.min(System.nanoTime() - begin, HIGHEST_NANOS));
  }

  /**
   * Adds all of another collection.
   *
   * @param other that collection, which no thread changes meanwhile
   */
  public void add(Latencies other) {
    histogram.add(other.histogram);
  }

  /**
   * Tells how many operations there are.
   *
   * @return their number
   */
  public long count() {
    return histogram.getTotalCount();
  }

  /**
   * Tells the percentiles, in microseconds.
   *
   * @param subject what was measured
   * @param phase what it did
   * @param operation the operation's name, which the metrics begin with
   * @param sink receives the figures
   */
  public void tell(String subject, String phase, String operation, Consumer<Measure> sink) {
    double[] percentiles = {50, 99, 99.9};
    String[] names = {"p50", "p99", "p999"};
    for (int i = 0; i < names.length; i++) {
      double micros = histogram.getValueAtPercentile(percentiles[i]) / NANOS_PER_MICRO;
      sink.accept(new Measure(subject, phase, operation + "_" + names[i] + "_us", micros));
    }
    sink.accept(new Measure(subject, phase, operation + "_max_us", histogram.getMaxValue() / NANOS_PER_MICRO));
  }
}
