package io.bitkv.bench.report;

import io.bitkv.bench.Figure;
import io.bitkv.bench.Results;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A figure that is to reach something: a share of another figure of the same run, or a number. Immutable.
 *
 * @param name what is asked, for people
 * @param figure the figure
 * @param against what it is divided by, for people; empty where the number itself counts
 * @param base what it is divided by
 * @param bound which way is good
 * @param goal the ratio or number to reach
 * @param limit what the machine itself could do, in the figure's unit; empty where that is not known
 */
public record Goal(
    String name,
    Figure figure,
    String against,
    Function<Results, OptionalDouble> base,
    Bound bound,
    double goal,
    Function<Results, OptionalDouble> limit) {

  /** Which way is good. */
  public enum Bound {
    /** More is better. */
    AT_LEAST,
    /** Less is better. */
    AT_MOST;

    boolean isReached(double value, double goal) {
      return this == AT_LEAST ? value >= goal : value <= goal;
    }
  }

  /**
   * Asks for a share of another subject's figure.
   *
   * @param name what is asked
   * @param figure the figure
   * @param peer the other subject
   * @param bound which way is good
   * @param factor the share
   * @return the goal
   */
  public static Goal ofPeer(String name, Figure figure, String peer, Bound bound, double factor) {
    return ofFigure(name, figure, figure.of(peer), bound, factor);
  }

  /**
   * Asks for a share of another figure.
   *
   * @param name what is asked
   * @param figure the figure
   * @param other the other figure
   * @param bound which way is good
   * @param factor the share
   * @return the goal
   */
  public static Goal ofFigure(String name, Figure figure, Figure other, Bound bound, double factor) {
    String against = other.subject().equals(figure.subject()) ? other.phase() : other.subject();
    return new Goal(name, figure, against, results -> results.median(other), bound, factor, Goal::unknown);
  }

  /**
   * Asks for a number.
   *
   * @param name what is asked
   * @param figure the figure
   * @param bound which way is good
   * @param number the number, in the figure's unit
   * @return the goal
   */
  public static Goal ofNumber(String name, Figure figure, Bound bound, double number) {
    return new Goal(name, figure, "", results -> OptionalDouble.of(1), bound, number, Goal::unknown);
  }

  private static OptionalDouble unknown(Results results) {
    return OptionalDouble.empty();
  }

  /**
   * Says what the machine itself could do.
   *
   * @param limits gives it from the results, in the figure's unit
   * @return the goal with that
   */
  public Goal withLimit(Function<Results, OptionalDouble> limits) {
    return new Goal(name, figure, against, base, bound, goal, limits);
  }

  /**
   * Divides the figure by what it is compared with.
   *
   * @param results what was measured
   * @return the ratio, or the number itself; empty when one of both was not measured
   */
  public OptionalDouble ratio(Results results) {
    return divide(results.median(figure), base.apply(results));
  }

  /**
   * Divides the figure by what the machine itself could do.
   *
   * @param results what was measured
   * @return the share; empty when it is not known
   */
  public OptionalDouble shareOfLimit(Results results) {
    return divide(results.median(figure), limit.apply(results));
  }

  private static OptionalDouble divide(OptionalDouble value, OptionalDouble by) {
    return value.isPresent() && by.isPresent() && by.getAsDouble() != 0
        ? OptionalDouble.of(value.getAsDouble() / by.getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * Tells whether the goal is reached.
   *
   * @param results what was measured
   * @return whether it is; false when it was not measured
   */
  public boolean isReached(Results results) {
    OptionalDouble ratio = ratio(results);
    return ratio.isPresent() && bound.isReached(ratio.getAsDouble(), goal);
  }
}
