package io.tombola.training.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.Examples;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Layer;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.Seeds;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's own MultiLayerNetwork computes what this engine computes. */
class Dl4jOracleTest {

  private static final Network LENET = Networks.LENET_300_100;
  private static final int BATCH = 60;
  private static final double LEARNING_RATE = 1.2e-3;

  private static final OptimizerSpec ADAM =
      new OptimizerSpec(OptimizerSpec.Type.ADAM, LEARNING_RATE);

  private final float[] parameters = start();
  private final float[] images = new float[BATCH * 784];
  private final int[] labels = new int[BATCH];
  private final MultiLayerNetwork oracle = oracle(parameters);
  private final INDArray oracleImages;
  private final INDArray oracleLabels = Nd4j.zeros(DataType.FLOAT, BATCH, 10);

  Dl4jOracleTest() {
    Examples train = TestCampaigns.fashionMnist().train();
    for (int b = 0; b < BATCH; b++) {
      train.gather(b, images, b * 784);
      labels[b] = train.label(b);
      oracleLabels.putScalar(b, labels[b], 1);
    }
    oracleImages = Nd4j.create(images, new long[] {BATCH, 784}, 'c');
  }

  @Test
  void outputsAgree() {
    try (DenseLayers layers = layers();
        ForwardPass forward = new ForwardPass(layers, BATCH);
        Matrix input = new Matrix(BATCH, 784)) {
      input.write(0, images, 0, images.length);
      float[] logits = forward.run(input, parameters);
      INDArray probabilities = oracle.output(oracleImages);
      SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(10);
      for (int r = 0; r < BATCH; r++) {
        for (int c = 0; c < 10; c++) {
          double expected = probabilities.getDouble(r, c);
          assertEquals(expected, Math.exp(-softmax.loss(logits, r, c)), 1e-5 * expected + 1e-7);
        }
      }
    }
  }

  @Test
  void lossAndGradientsAgree() {
    try (DenseLayers layers = layers();
        BatchGradient gradient = new BatchGradient(layers, BATCH)) {
      double loss = gradient.compute(images, labels, parameters);
      float[] ours = new float[parameters.length];
      read(gradient, ours);
      oracle.setInput(oracleImages);
      oracle.setLabels(oracleLabels);
      oracle.computeGradientAndScore();
      assertEquals(oracle.score(), loss, 1e-5 * loss);
      // DL4J divides by the batch size later, in its updater.
      float[] theirs = canonical(oracle.gradient());
      assertTrue(relativeDistance(ours, theirs, 1.0 / BATCH) < 1e-5);
    }
  }

  @Test
  void adamAgreesWithDl4jsUpdater() {
    MaskedAdam adam = new MaskedAdam(LEARNING_RATE, new float[parameters.length], keepAll());
    INDArray state = Nd4j.zeros(DataType.FLOAT, 1, 2L * parameters.length);
    GradientUpdater<?> updater = new Adam(LEARNING_RATE).instantiate(state, true);
    float[] theirs = new float[parameters.length];
    for (int iteration = 1; iteration <= 5; iteration++) {
      float[] gradient =
          GlorotNormal.draw(LENET, new Seeds(iteration, 1).stream("gradient")).toArray();
      System.arraycopy(gradient, 0, adam.gradients, 0, gradient.length);
      adam.update(0, gradient.length, adam.stepSize(iteration));
      INDArray step = Nd4j.create(gradient.clone(), new long[] {1, gradient.length}, 'c');
      updater.applyUpdater(step, iteration - 1, 0);
      float[] steps = step.data().asFloat();
      for (int i = 0; i < theirs.length; i++) {
        theirs[i] -= steps[i];
      }
    }
    assertTrue(relativeDistance(adam.parameters, theirs, 1) < 1e-5);
  }

  @Test
  void fewTrainingStepsAgree() {
    try (DenseLayers layers = layers();
        BatchGradient gradient = new BatchGradient(layers, BATCH)) {
      MaskedAdam adam = new MaskedAdam(LEARNING_RATE, parameters.clone(), keepAll());
      for (int iteration = 1; iteration <= 5; iteration++) {
        double loss = gradient.compute(images, labels, adam.parameters);
        read(gradient, adam.gradients);
        adam.update(0, parameters.length, adam.stepSize(iteration));
        layers.write(adam.parameters);
        oracle.fit(oracleImages, oracleLabels);
        assertEquals(oracle.score(), loss, 1e-4 * loss, "iteration " + iteration);
      }
      float[] moved = new float[parameters.length];
      float[] theirs = new float[parameters.length];
      float[] after = canonical(oracle);
      for (int i = 0; i < moved.length; i++) {
        moved[i] = adam.parameters[i] - parameters[i];
        theirs[i] = after[i] - parameters[i];
      }
      // Adam magnifies rounding where a gradient is almost 0, so only the whole step is compared.
      assertTrue(relativeDistance(moved, theirs, 1) < 1e-2);
    }
  }

  private static float[] start() {
    float[] start = GlorotNormal.draw(LENET, new Seeds(5, 1).stream("oracle")).toArray();
    for (int l = 0; l < LENET.layers().size(); l++) {
      for (int b = 0; b < LENET.layers().get(l).outputs(); b++) {
        start[LENET.biasOffset(l) + b] = 0.01f * (b % 7 - 3);
      }
    }
    return start;
  }

  private static float[] keepAll() {
    return Mask.ones(LENET).multipliers();
  }

  private DenseLayers layers() {
    DenseLayers layers = DenseLayers.of(NetworkConfiguration.of(LENET, ADAM));
    layers.write(parameters);
    return layers;
  }

  private static void read(BatchGradient gradient, float[] into) {
    for (int l = 0; l < LENET.layers().size(); l++) {
      gradient.readWeights(l, 0, LENET.layers().get(l).weightCount(), into);
      gradient.readBiases(l, into);
    }
  }

  private static MultiLayerNetwork oracle(float[] parameters) {
    MultiLayerNetwork network = new MultiLayerNetwork(NetworkConfiguration.of(LENET, ADAM));
    network.init();
    for (int l = 0; l < LENET.layers().size(); l++) {
      Layer layer = LENET.layers().get(l);
      float[] w = new float[layer.weightCount()];
      float[] b = new float[layer.outputs()];
      System.arraycopy(parameters, LENET.weightOffset(l), w, 0, w.length);
      System.arraycopy(parameters, LENET.biasOffset(l), b, 0, b.length);
      long[] shape = {layer.inputs(), layer.outputs()};
      network.getLayer(l).getParam("W").assign(Nd4j.create(w, shape, 'c'));
      network.getLayer(l).getParam("b").assign(Nd4j.create(b, new long[] {1, b.length}, 'c'));
    }
    return network;
  }

  private static float[] canonical(Gradient gradient) {
    float[] all = new float[LENET.parameterCount()];
    for (int l = 0; l < LENET.layers().size(); l++) {
      put(gradient.getGradientFor(l + "_W"), all, LENET.weightOffset(l));
      put(gradient.getGradientFor(l + "_b"), all, LENET.biasOffset(l));
    }
    return all;
  }

  private static float[] canonical(MultiLayerNetwork network) {
    float[] all = new float[LENET.parameterCount()];
    for (int l = 0; l < LENET.layers().size(); l++) {
      put(network.getLayer(l).getParam("W"), all, LENET.weightOffset(l));
      put(network.getLayer(l).getParam("b"), all, LENET.biasOffset(l));
    }
    return all;
  }

  private static void put(INDArray values, float[] all, int offset) {
    float[] rowMajor = values.dup('c').data().asFloat();
    System.arraycopy(rowMajor, 0, all, offset, rowMajor.length);
  }

  /** |a - scale b| / |scale b|. */
  private static double relativeDistance(float[] a, float[] b, double scale) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - scale * b[i];
      difference += d * d;
      norm += scale * b[i] * scale * b[i];
    }
    return Math.sqrt(difference / norm);
  }
}
