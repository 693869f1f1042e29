package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import java.util.function.DoublePredicate;

/**
 * The numbers that a key of a campaign can be set to, defined once for the check, its error message
 * and the documentation.
 *
 * @param expected how error messages and documents say it
 */
public record Range(String expected, DoublePredicate contains) {

  /** Counts of things of which there is at least one. */
  public static final Range POSITIVE = new Range("at least 1", value -> value >= 1);

  /** Copies of a training. */
  public static final Range COPIES = new Range("0 to 1000", value -> value >= 0 && value <= 1000);

  /** Points on a line, both ends included. */
  public static final Range POINTS = new Range("3 to 1001", value -> value >= 3 && value <= 1001);

  /** A point of a training. */
  public static final Range ITERATION = new Range("an iteration, 0 or more", value -> value >= 0);

  /** The length of a warm-up. */
  public static final Range WARM_UP = new Range("0 or more iterations", value -> value >= 0);

  /** The full learning rate. */
  public static final Range LEARNING_RATE =
      new Range("a number above 0, at most 10", value -> value > 0 && value <= 10);

  /** What a milestone multiplies the learning rate by. */
  public static final Range FACTOR =
      new Range("a number above 0, at most 1", value -> value > 0 && value <= 1);

  /** Momentum. */
  public static final Range MOMENTUM = belowOne("a number from 0 to below 1, such as 0.9");

  /** Weight decay. */
  public static final Range WEIGHT_DECAY = belowOne("a number from 0 to below 1, such as 1e-4");

  /** The part of the survivors that a round removes. */
  public static final Range PRUNING_RATE = belowOne("a fraction from 0 to below 1, such as 0.2");

  /** The percentage of the weights that remain. */
  public static final Range TARGET_PERCENT =
      new Range("a percentage above 0 and below 100", value -> value > 0 && value < 100);

  private static Range belowOne(String expected) {
    return new Range(expected, value -> value >= 0 && value < 1);
  }

  /**
   * Checks the value of a key.
   *
   * @throws InvalidSpecException if it is outside
   */
  void check(String key, Number value) {
    require(contains.test(value.doubleValue()), key, expected, value);
  }
}
