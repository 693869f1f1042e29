package io.tombola.training.engine.dl4j;

import io.tombola.protocol.spec.OptimizerSpec;
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

/** One network twice: with this engine's parameters, and as DL4J's MultiLayerNetwork. */
final class Dl4jOracle {

  final Network network;
  final float[] start;
  final float[] images;
  final int[] labels;
  final MultiLayerNetwork theirs;

  private final int examples;
  private final List<Dl4jParameters.Parameter> places;

  /** Random weights, biases, batch norms, images and labels. */
  Dl4jOracle(Network network, OptimizerSpec optimizer, int examples) {
    this.network = network;
    this.examples = examples;
    start = RandomParameters.draw(network);
    theirs = Dl4jParameters.networkOf(Weights.of(network, start), optimizer);
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

  /** The images as DL4J takes them. */
  INDArray theirImages() {
    if (!Dl4jConfiguration.takesImages(network)) {
      return Nd4j.create(images, new long[] {examples, network.inputs()}, 'c');
    }
    ImageShape shape = network.input();
    long[] rowsFirst = {examples, shape.height(), shape.width(), shape.channels()};
    return Nd4j.create(images, rowsFirst, 'c').permute(0, 3, 1, 2).dup('c');
  }

  /** The labels as DL4J takes them. */
  INDArray theirLabels() {
    INDArray oneHot = Nd4j.zeros(DataType.FLOAT, examples, network.outputs());
    for (int e = 0; e < examples; e++) {
      oneHot.putScalar(e, labels[e], 1);
    }
    return oneHot;
  }

  /** DL4J's loss; {@link #theirGradient} then has its gradients. */
  double theirLoss() {
    theirs.setInput(theirImages());
    theirs.setLabels(theirLabels());
    theirs.computeGradientAndScore();
    return theirs.score();
  }

  /** DL4J's gradients of the summed loss, which it divides by the batch size later. */
  float[] theirGradient() {
    Gradient gradient = theirs.gradient();
    float[] all = new float[start.length];
    for (Dl4jParameters.Parameter place : places) {
      place.read(gradient.getGradientFor(place.gradientKey()), all);
    }
    return all;
  }

  /** DL4J's parameters as they are now. */
  float[] theirParameters() {
    float[] all = new float[start.length];
    for (Dl4jParameters.Parameter place : places) {
      place.read(theirs.getLayer(place.layer()).getParam(place.key()), all);
    }
    return all;
  }

  /** |a - scale b| / |scale b| over a range. */
  static double distance(float[] a, float[] b, double scale, ParameterGroup.Range range) {
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
