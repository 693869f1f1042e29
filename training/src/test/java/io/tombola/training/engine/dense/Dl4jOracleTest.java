package io.tombola.training.engine.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.dense.dl4j.Dl4jOracle;
import io.tombola.training.engine.optimizer.MaskedOptimizer;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.RandomStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DL4J's own MultiLayerNetwork computes what this engine computes. */
class Dl4jOracleTest {

  private static final int BATCH = 5;
  private static final OptimizerSpec SGD = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.05);

  static List<Network> networks() {
    return List.of(
        Networks.LENET_300_100,
        // Kernels of two sizes; a row of pixels that the pool leaves out.
        Networks.of("conv 5, conv 4 5, max-pool 2, dense 7, dense 3", new ImageShape(7, 6, 2), 3),
        Networks.of(
            "conv 4, batch-norm, max-pool 2, conv 3, batch-norm, dense 8, batch-norm, dense 3",
            new ImageShape(8, 6, 2),
            3),
        // Conv-2 but for its size; two chunks of patches of which the last is smaller.
        Networks.of(
            "conv 16, conv 16, max-pool 2, dense 32, dense 32, dense 10",
            new ImageShape(20, 20, 3),
            10));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAgree(Network network) {
    Dl4jOracle oracle = new Dl4jOracle(network, SGD, BATCH);
    double[][] probabilities = oracle.theirProbabilities();
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(network.outputs());
    try (Parameters parameters = new Parameters(network, oracle.start.clone());
        ForwardPass forward = new ForwardPass(parameters, BATCH);
        Activations images = new Activations(BATCH, network.inputs())) {
      System.arraycopy(oracle.images, 0, images.array(), 0, oracle.images.length);
      float[] logits = forward.infer(images);
      for (int r = 0; r < BATCH; r++) {
        for (int c = 0; c < network.outputs(); c++) {
          double expected = probabilities[r][c];
          assertEquals(expected, Math.exp(-softmax.loss(logits, r, c)), 1e-5 * expected + 1e-7);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossAndGradientsAgree(Network network) {
    Dl4jOracle oracle = new Dl4jOracle(network, SGD, BATCH);
    try (Parameters parameters = new Parameters(network, oracle.start.clone());
        BatchGradient gradient = new BatchGradient(parameters, BATCH)) {
      System.arraycopy(oracle.images, 0, gradient.images(), 0, oracle.images.length);
      double loss = gradient.compute(oracle.labels, Dl4jOracleTest::noDropout);
      assertEquals(oracle.theirLoss(), loss, 1e-5 * loss);
      float[] theirs = oracle.theirGradient();
      float[] ours = new float[theirs.length];
      int compared = 0;
      for (ParameterGroup trained : gradient.trained()) {
        ParameterGroup.Range range = trained.range();
        trained.readGradients(0, range.count(), ours);
        compared += range.count();
        if (isNormalisedAway(network, range)) {
          continue;
        }
        double distance = distance(ours, theirs, 1.0 / BATCH, range);
        assertTrue(distance < 1e-5, network + " " + range + " " + distance);
      }
      assertEquals(network.parameterCount() - runningStatistics(network), compared);
    }
  }

  /** Adam is compared by itself: it magnifies rounding where a gradient is almost 0. */
  @ParameterizedTest
  @MethodSource("networks")
  void trainingStepsAgree(Network network) {
    OptimizerSpec decaying =
        new OptimizerSpec(OptimizerSpec.Type.SGD, 0.05, 0, 0.1, ScheduleSpec.constant());
    Dl4jOracle oracle = new Dl4jOracle(network, decaying, BATCH);
    float[] values = oracle.start.clone();
    MaskedOptimizer sgd = MaskedOptimizer.of(decaying, values, Mask.ones(network).multipliers());
    try (Parameters parameters = new Parameters(network, values);
        BatchGradient gradient = new BatchGradient(parameters, BATCH)) {
      for (int iteration = 0; iteration < 3; iteration++) {
        System.arraycopy(oracle.images, 0, gradient.images(), 0, oracle.images.length);
        gradient.compute(oracle.labels, Dl4jOracleTest::noDropout);
        sgd.begin(0.05);
        for (ParameterGroup trained : gradient.trained()) {
          ParameterGroup.Range range = trained.range();
          trained.readGradients(0, range.count(), sgd.gradients);
          sgd.update(range.offset(), range.offset() + range.count(), range.prunable() ? 0.1f : 0);
        }
        parameters.copyAll();
        oracle.fit();
      }
    }
    float[] theirs = oracle.theirParameters();
    for (int i = 0; i < theirs.length; i++) {
      theirs[i] -= oracle.start[i];
      values[i] -= oracle.start[i];
    }
    ParameterGroup.Range all = new ParameterGroup.Range(0, theirs.length, false);
    double distance = distance(values, theirs, 1, all);
    assertTrue(distance < 1e-4, network + " " + distance);
  }

  private static RandomStream noDropout(int dropout) {
    throw new AssertionError("no dropout in this network");
  }

  /** Biases before a batch normalisation have no effect: their gradients are rounding. */
  private static boolean isNormalisedAway(Network network, ParameterGroup.Range range) {
    return network.layers().stream()
        .filter(Layer.BatchNorm.class::isInstance)
        .map(Layer.BatchNorm.class::cast)
        .anyMatch(norm -> norm.offset() == range.offset() + range.count() && !range.prunable());
  }

  private static int runningStatistics(Network network) {
    return network.layers().stream()
        .filter(Layer.BatchNorm.class::isInstance)
        .mapToInt(layer -> 2 * ((Layer.BatchNorm) layer).channels())
        .sum();
  }

  /** |a - scale b| / |scale b| over a range. */
  private static double distance(float[] a, float[] b, double scale, ParameterGroup.Range range) {
    double difference = 0;
    double norm = 0;
    for (int i = range.offset(); i < range.offset() + range.count(); i++) {
      double d = a[i] - scale * b[i];
      difference += d * d;
      norm += scale * b[i] * scale * b[i];
    }
    return Math.sqrt(difference / norm);
  }
}
