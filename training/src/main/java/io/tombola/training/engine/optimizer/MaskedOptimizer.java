package io.tombola.training.engine.optimizer;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.training.engine.OptimizerState;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An update rule fused with the mask: a pruned weight has no gradient, so that it and its moments
 * are exactly 0.0 after every step. All arrays have one layout, which is the caller's. Not
 * thread-safe.
 */
public abstract sealed class MaskedOptimizer permits MaskedAdam, MaskedMomentum, MaskedSgd {

  /**
   * Added and subtracted again, it rounds moments to multiples of 2^-97, far below what changes a
   * weight: moments that decay would become subnormal numbers, which slow every processor down.
   */
  static final float FLUSH = 1e-22f;

  /** The parameters that {@link #update} changes. */
  public final float[] parameters;

  /** Filled before {@link #update}. */
  public final float[] gradients;

  /** 1 where a parameter may move, 0 where it is pruned. */
  final float[] keep;

  private final OptimizerSpec.Type type;
  private final List<float[]> moments;
  private int steps;

  /**
   * Takes over both arrays.
   *
   * @param parameters masked already
   * @param keep 1 where a parameter may move, 0 where it is pruned
   * @param momentCount arrays of moments that the rule has
   */
  MaskedOptimizer(OptimizerSpec.Type type, float[] parameters, float[] keep, int momentCount) {
    this.type = type;
    this.parameters = parameters;
    this.keep = keep;
    gradients = new float[parameters.length];
    moments = Stream.generate(() -> new float[parameters.length]).limit(momentCount).toList();
  }

  /** The rule that a campaign specifies; takes over both arrays. */
  public static MaskedOptimizer of(OptimizerSpec spec, float[] parameters, float[] keep) {
    return switch (spec.type()) {
      case ADAM -> new MaskedAdam(parameters, keep);
      case SGD -> new MaskedSgd(parameters, keep);
      case MOMENTUM -> new MaskedMomentum(spec.momentum(), parameters, keep);
    };
  }

  /** A moment of the rule, from 0. */
  final float[] moment(int kind) {
    return moments.get(kind);
  }

  /** Starts the next step; {@link #update} of every trained parameter follows. */
  public final void begin(double learningRate) {
    steps++;
    begin(learningRate, steps);
  }

  /**
   * Starts a step.
   *
   * @param step from 1, since the moments were zero
   */
  abstract void begin(double learningRate, int step);

  /**
   * Moves the parameters in [from, to) by {@link #gradients}.
   *
   * @param decay times a parameter is added to its gradient; 0 for what is not prunable
   */
  public abstract void update(int from, int to, float decay);

  /** A copy of the moments and the count of steps. */
  public final OptimizerState state() {
    return new OptimizerState(steps, moments);
  }

  /**
   * Continues from a state of the same rule, with 0.0 for the moments of pruned weights.
   *
   * @throws IllegalArgumentException if it has the moments of another rule
   */
  public final void restore(OptimizerState state) {
    List<float[]> from = state.moments();
    if (!from.isEmpty() && from.size() != moments.size()) {
      throw new IllegalArgumentException(
          "training.optimizer: expected a state with %d moments for %s, found %d; start afresh with"
                  .formatted(moments.size(), type, from.size())
              + " a new optimizer state or train with the optimizer that wrote it");
    }
    steps = state.steps();
    for (int m = 0; m < moments.size(); m++) {
      float[] moment = moments.get(m);
      float[] values = from.isEmpty() ? new float[moment.length] : from.get(m);
      IntStream.range(0, moment.length).forEach(i -> moment[i] = keep[i] == 0 ? 0 : values[i]);
    }
  }
}
