package io.tombola.training.saliency;

import java.util.Arrays;
import java.util.function.Function;

/**
 * An operator each of whose outputs is one of its inputs, or 0. Derivatives take the choice as
 * fixed.
 */
final class SelectionOperator implements Operator {

  /** Stands for no input: the output is 0. */
  static final int NONE = -1;

  private final Function<double[], int[]> choice;

  /**
   * Takes the choice.
   *
   * @param choice for each output the index of the input that it is, or {@link #NONE} for 0
   */
  SelectionOperator(Function<double[], int[]> choice) {
    this.choice = choice;
  }

  /** Each positive input. */
  static SelectionOperator relu() {
    return new SelectionOperator(SelectionOperator::positive);
  }

  @Override
  public Dual forward(Dual parameters, Dual input) {
    int[] chosen = choice.apply(input.value);
    Dual output = input.zeros(chosen.length);
    pick(chosen, input.value, output.value);
    if (output.hasTangent()) {
      pick(chosen, input.tangent, output.tangent);
    }
    return output;
  }

  @Override
  public Dual backward(Dual parameters, Dual input, Dual byOutput) {
    int[] chosen = choice.apply(input.value);
    Dual byInput = byOutput.zeros(input.size());
    putBack(chosen, byOutput.value, byInput.value);
    if (byInput.hasTangent()) {
      putBack(chosen, byOutput.tangent, byInput.tangent);
    }
    return byInput;
  }

  private static void pick(int[] chosen, double[] from, double[] to) {
    for (int i = 0; i < chosen.length; i++) {
      to[i] = chosen[i] == NONE ? 0 : from[chosen[i]];
    }
  }

  private static void putBack(int[] chosen, double[] from, double[] to) {
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] != NONE) {
        to[chosen[i]] += from[i];
      }
    }
  }

  private static int[] positive(double[] input) {
    int[] chosen = new int[input.length];
    Arrays.setAll(chosen, i -> input[i] > 0 ? i : NONE);
    return chosen;
  }
}
