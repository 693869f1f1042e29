package io.tombola.training.saliency;

import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.List;

/** Examples that weights are scored on. Immutable. */
public final class Batch {

  /** Examples of each class (Wang et al. 2020, section 5). */
  public static final int EXAMPLES_PER_CLASS = 10;

  private final List<double[]> inputs;
  private final int[] labels;

  /** Copies nothing; the arrays are the batch's from now on. */
  Batch(List<double[]> inputs, int[] labels) {
    this.inputs = List.copyOf(inputs);
    this.labels = labels;
  }

  /**
   * {@value #EXAMPLES_PER_CLASS} training examples of each class, or all where there are fewer,
   * drawn by the stream {@code saliency-batch}.
   */
  public static Batch draw(DataSplits splits, Seeds seeds) {
    Split train = splits.train();
    int[] drawn = new int[splits.dataset().classes()];
    List<Integer> positions = new ArrayList<>();
    for (int position : seeds.stream("saliency-batch").permutation(train.size())) {
      if (drawn[train.label(position)]++ < EXAMPLES_PER_CLASS) {
        positions.add(position);
      }
    }
    int values = splits.dataset().shape().values();
    return new Batch(
        positions.stream().map(position -> input(train, position, values)).toList(),
        positions.stream().mapToInt(train::label).toArray());
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }

  /** The values of an example. */
  double[] input(int example) {
    return inputs.get(example);
  }

  /** The class of an example. */
  int label(int example) {
    return labels[example];
  }

  private static double[] input(Split split, int position, int values) {
    float[] gathered = new float[values];
    split.gather(position, gathered, 0);
    double[] input = new double[values];
    for (int i = 0; i < values; i++) {
      input[i] = gathered[i];
    }
    return input;
  }
}
