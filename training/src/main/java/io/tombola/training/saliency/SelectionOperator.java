package io.tombola.training.saliency;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A stage each of whose outputs is one of its inputs, or 0. Which one counts as fixed in
 * derivatives.
 */
final class SelectionOperator implements Operator {

  private static final int NOTHING = -1;

  private final Function<double[], int[]> choice;

  private SelectionOperator(Function<double[], int[]> choice) {
    this.choice = choice;
  }

  /** Each positive input. */
  static SelectionOperator relu() {
    return new SelectionOperator(SelectionOperator::positive);
  }

  /** The largest input of each square, the first of equals. */
  static SelectionOperator maxPool(Layer.MaxPool stage) {
    return new SelectionOperator(input -> largest(stage, input));
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
      to[i] = chosen[i] == NOTHING ? 0 : from[chosen[i]];
    }
  }

  private static void putBack(int[] chosen, double[] from, double[] to) {
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] != NOTHING) {
        to[chosen[i]] += from[i];
      }
    }
  }

  private static int[] positive(double[] input) {
    int[] chosen = new int[input.length];
    Arrays.setAll(chosen, i -> input[i] > 0 ? i : NOTHING);
    return chosen;
  }

  private static int[] largest(Layer.MaxPool stage, double[] input) {
    ImageShape out = stage.output();
    int[] chosen = new int[out.values()];
    for (int i = 0; i < chosen.length; i++) {
      int channel = i % out.channels();
      int column = i / out.channels() % out.width() * stage.size();
      int row = i / out.channels() / out.width() * stage.size();
      chosen[i] =
          largest(stage, input, (row * stage.input().width() + column) * out.channels() + channel);
    }
    return chosen;
  }

  /** The largest of the square whose first value is at {@code corner}. */
  private static int largest(Layer.MaxPool stage, double[] input, int corner) {
    int channels = stage.input().channels();
    int best = corner;
    for (int k = 1; k < stage.size() * stage.size(); k++) {
      int down = k / stage.size() * stage.input().width();
      int at = corner + (down + k % stage.size()) * channels;
      if (input[at] > input[best]) {
        best = at;
      }
    }
    return best;
  }
}
