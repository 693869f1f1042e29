package io.tombola.training.engine.dense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.RandomParameters;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayerStepsTest {

  @Test
  void maxPoolKeepsTheFirstMaximumAndLeavesTheRestOut() {
    // One channel of 3 x 5 pixels; the last row and column have no square.
    Pooling pool = pooling(new ImageShape(3, 5, 1));
    try (Activations input = values(1, 2, 7, 7, 9, 2, 0, 7, 3, 9, 9, 9, 9, 9, 9);
        Activations below = values(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)) {
      assertArrayEquals(new float[] {2, 7}, pool.infer(input).array());
      pool.backward().run(values(3, 4), Optional.of(below));
      assertArrayEquals(new float[] {0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, below.array());
    }
    pool.close();
  }

  @Test
  void maxPoolPassesNaNOn() {
    try (Pooling pool = pooling(new ImageShape(2, 2, 1))) {
      assertTrue(Float.isNaN(pool.infer(values(1, Float.NaN, 3, 2)).array()[0]));
    }
  }

  @Test
  void dropoutDropsItsShareAndScalesTheRest() {
    int count = 10_000;
    DropoutPass dropout =
        new DropoutPass(new Layer.Dropout(new ImageShape(1, 1, count), 0.2, 3), 1);
    try (Activations input = new Activations(1, count);
        Activations gradient = new Activations(1, count)) {
      Arrays.fill(input.array(), 4);
      assertEquals(4, dropout.infer(input).array()[17]);
      dropout.train(input, index -> new Seeds(1, 1).stream("dropout", index));
      int dropped = 0;
      for (int i = 0; i < count; i++) {
        boolean kept = input.array()[i] != 0;
        dropped += kept ? 0 : 1;
        assertEquals(kept ? 5 : 0, input.array()[i]);
        gradient.array()[i] = 8;
      }
      assertEquals(2000, dropped, 150);
      dropout.backward().run(gradient, Optional.empty());
      for (int i = 0; i < count; i++) {
        assertEquals(2 * input.array()[i], gradient.array()[i]);
      }
      float[] first = input.array().clone();
      Arrays.fill(input.array(), 4);
      dropout.train(input, index -> new Seeds(1, 1).stream("dropout", index));
      assertArrayEquals(first, input.array());
    }
    dropout.close();
  }

  /** The loss with the same things dropped, a little to both sides along the gradient. */
  @Test
  void gradientUnderDropoutIsTheSlopeOfTheLoss() {
    Network network =
        Networks.of(
            "dropout 0.1, conv 4, dropout 0.3, max-pool 2, dropout 0.2, conv 3, batch-norm,"
                + " dropout 0.2, dense 8, dropout 0.4, dense 3",
            new ImageShape(6, 6, 2),
            3);
    float[] values = RandomParameters.draw(network);
    float[] gradient = new float[values.length];
    loss(network, values, gradient);
    double square = 0;
    for (float g : gradient) {
      square += g * g;
    }
    double step = 1e-2 / Math.sqrt(square);
    double above = loss(network, moved(values, gradient, step), new float[values.length]);
    double below = loss(network, moved(values, gradient, -step), new float[values.length]);
    double slope = (above - below) / (2 * step);
    assertEquals(square, slope, 5e-3 * square);
  }

  private static float[] moved(float[] values, float[] gradient, double step) {
    float[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * gradient[i]);
    }
    return moved;
  }

  private static double loss(Network network, float[] values, float[] into) {
    int batch = 16;
    try (Parameters parameters = new Parameters(network, values.clone());
        BatchGradient gradient = new BatchGradient(parameters, batch)) {
      int[] labels = new int[batch];
      for (int i = 0; i < gradient.images().length; i++) {
        gradient.images()[i] = (float) Math.sin(i);
      }
      for (int i = 0; i < batch; i++) {
        labels[i] = i % 3;
      }
      Seeds seeds = new Seeds(2, 1);
      double loss = gradient.compute(labels, index -> seeds.stream("dropout", index));
      for (ParameterGroup trained : gradient.trained()) {
        trained.readGradients(0, trained.range().count(), into);
      }
      return loss;
    }
  }

  private static Pooling pooling(ImageShape image) {
    return new Pooling(new Layer.Pool(Layer.Pool.Kind.MAX, image, 2), 1);
  }

  private static Activations values(float... values) {
    Activations row = new Activations(1, values.length);
    System.arraycopy(values, 0, row.array(), 0, values.length);
    return row;
  }
}
