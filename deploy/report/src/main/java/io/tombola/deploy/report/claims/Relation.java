package io.tombola.deploy.report.claims;

/**
 * The claimed relation of one value to another. One-sided: how far the claim is exceeded never
 * counts against it.
 *
 * @param higher whether it is claimed to be the higher, not the lower
 * @param strict whether equal values contradict the claim
 * @param slack how much it may fall short
 */
record Relation(boolean higher, boolean strict, double slack) {

  static final Relation ABOVE = new Relation(true, true, 0);
  static final Relation BELOW = new Relation(false, true, 0);
  static final Relation AT_LEAST = new Relation(true, false, 0);
  static final Relation AT_MOST = new Relation(false, false, 0);

  /** Differences smaller than this are none: what summing in another order may change. */
  private static final double ROUNDING = 1e-9;

  /** At least the other value minus {@code slack}. */
  static Relation atLeastWithin(double slack) {
    return new Relation(true, false, slack);
  }

  /** How far {@code value} is beyond {@code reference} in the claimed direction. */
  double margin(double value, double reference) {
    return higher ? value - reference : reference - value;
  }

  /**
   * Whether the claim holds. An early stop at the last iteration is only a lower bound of the true
   * one: a claim that a larger value would decide otherwise is undecided.
   */
  Verdict judge(Measure measure, MeasuredValue value, MeasuredValue reference) {
    double margin = margin(value.value(), reference.value()) + slack;
    boolean holds = strict ? margin > ROUNDING : margin >= -ROUNDING;
    boolean bounds = measure == Measure.EARLY_STOP;
    boolean mayRise = bounds && (higher ? value : reference).atLastIteration();
    boolean mayFall = bounds && (higher ? reference : value).atLastIteration();
    if (holds ? mayFall : mayRise) {
      return Verdict.NOT_ENOUGH_DATA;
    }
    return holds ? Verdict.HELD : Verdict.NOT_HELD;
  }
}
