package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import java.util.function.DoublePredicate;

/**
 * The numbers that a key of a campaign can be set to, defined once for the check, its error message
 * and the documentation.
 *
 * @param expected how error messages and documents say it
 */
public record ValueRange(String expected, DoublePredicate contains) {

  /** Counts of things of which there is at least one. */
  public static final ValueRange POSITIVE = new ValueRange("at least 1", value -> value >= 1);

  /** Copies of a training. */
  public static final ValueRange COPIES =
      new ValueRange("0 to 1000", value -> value >= 0 && value <= 1000);

  /** Points on a line, both ends included. */
  public static final ValueRange POINTS =
      new ValueRange("3 to 1001", value -> value >= 3 && value <= 1001);

  /** A point of a training. */
  public static final ValueRange ITERATION =
      new ValueRange("an iteration, 0 or more", value -> value >= 0);

  /** The length of a warm-up. */
  public static final ValueRange WARM_UP =
      new ValueRange("0 or more iterations", value -> value >= 0);

  /** The full learning rate. */
  public static final ValueRange LEARNING_RATE =
      new ValueRange("a number above 0, at most 10", value -> value > 0 && value <= 10);

  /** What a milestone multiplies the learning rate by. */
  public static final ValueRange FACTOR =
      new ValueRange("a number above 0, at most 1", value -> value > 0 && value <= 1);

  /** Momentum. */
  public static final ValueRange MOMENTUM = belowOne("a number from 0 to below 1, such as 0.9");

  /** Weight decay. */
  public static final ValueRange WEIGHT_DECAY =
      belowOne("a number from 0 to below 1, such as 1e-4");

  /** The part of the surviving weights that a round removes. */
  public static final ValueRange PRUNING_RATE =
      belowOne("a fraction from 0 to below 1, such as 0.2");

  /** The percentage of the weights that remain. */
  public static final ValueRange TARGET_PERCENT =
      new ValueRange("a percentage above 0 and below 100", value -> value > 0 && value < 100);

  private static ValueRange belowOne(String expected) {
    return new ValueRange(expected, value -> value >= 0 && value < 1);
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
