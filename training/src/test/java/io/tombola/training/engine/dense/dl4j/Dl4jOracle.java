package io.tombola.training.engine.dense.dl4j;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.RandomParameters;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.List;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network as DL4J's MultiLayerNetwork, with random parameters, images and labels. */
public final class Dl4jOracle {

  /** Parameters that both networks start with, in the canonical layout. */
  public final float[] start;

  /** [examples][inputs]. */
  public final float[] images;

  /** The class of each example. */
  public final int[] labels;

  private final Network network;
  private final MultiLayerNetwork theirs;
  private final int examples;
  private final List<Dl4jParameters.Parameter> places;

  /** Draws weights, biases, batch norms, images and labels. */
  public Dl4jOracle(Network network, OptimizerSpec optimizer, int examples) {
    this.network = network;
    this.examples = examples;
    start = RandomParameters.draw(network);
    theirs = Dl4jParameters.networkOf(Weights.of(network, start), training(optimizer));
    places = new Dl4jParameters(network).all();
    RandomStream stream = new Seeds(9, 1).stream("images");
    images = new float[examples * network.inputs()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) stream.nextDouble();
    }
    labels = new int[examples];
    for (int e = 0; e < examples; e++) {
      labels[e] = stream.nextInt(network.outputs());
    }
  }

  private INDArray theirImages() {
    return arranged(network, images);
  }

  /** Images as DL4J takes them. */
  private static INDArray arranged(Network network, float[] images) {
    int examples = images.length / network.inputs();
    if (!Dl4jConfiguration.takesImages(network)) {
      return Nd4j.create(images, new long[] {examples, network.inputs()}, 'c');
    }
    ImageShape shape = network.input();
    long[] rowsFirst = {examples, shape.height(), shape.width(), shape.channels()};
    return Nd4j.create(images, rowsFirst, 'c').permute(0, 3, 1, 2).dup('c');
  }

  /** The labels as DL4J takes them. */
  private INDArray theirLabels() {
    INDArray oneHot = Nd4j.zeros(DataType.FLOAT, examples, network.outputs());
    for (int e = 0; e < examples; e++) {
      oneHot.putScalar(e, labels[e], 1);
    }
    return oneHot;
  }

  /** The probabilities that DL4J computes, [examples][classes]. */
  public double[][] theirProbabilities() {
    return theirs.output(theirImages()).toDoubleMatrix();
  }

  /**
   * The probabilities that DL4J computes with some weights.
   *
   * @param images [examples][inputs]
   * @return [examples][classes]
   */
  public static double[][] probabilities(Weights weights, OptimizerSpec optimizer, float[] images) {
    return Dl4jParameters.networkOf(weights, training(optimizer))
        .output(arranged(weights.network(), images))
        .toDoubleMatrix();
  }

  /** Lets DL4J do one step of its optimizer. */
  public void fit() {
    theirs.fit(theirImages(), theirLabels());
  }

  /** DL4J's loss; {@link #theirGradient} then has its gradients. */
  public double theirLoss() {
    theirs.setInput(theirImages());
    theirs.setLabels(theirLabels());
    theirs.computeGradientAndScore();
    return theirs.score();
  }

  /** DL4J's gradients of the summed loss, which it divides by the batch size later. */
  public float[] theirGradient() {
    Gradient gradient = theirs.gradient();
    float[] all = new float[start.length];
    for (Dl4jParameters.Parameter place : places) {
      place.read(gradient.getGradientFor(place.gradientKey()), all);
    }
    return all;
  }

  /** DL4J's parameters as they are now. */
  public float[] theirParameters() {
    float[] all = new float[start.length];
    for (Dl4jParameters.Parameter place : places) {
      place.read(theirs.getLayer(place.layer()).getParam(place.key()), all);
    }
    return all;
  }

  private static TrainingSpec training(OptimizerSpec optimizer) {
    return new TrainingSpec(1, 1, optimizer, 1, 1);
  }
}
