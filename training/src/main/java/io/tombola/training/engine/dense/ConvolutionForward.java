package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Layer;

/** A convolution: the product of patches and kernels, some lines of pixels at a time. */
final class ConvolutionForward implements Forward {

  private final Layer.Convolution stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final int examples;
  private final Im2Col patches;
  private final ChunkBuffers products;
  private final Activations output;
  private Activations input;

  ConvolutionForward(
      Layer.Convolution stage, Parameters parameters, int examples, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.examples = examples;
    this.rectified = rectified;
    patches = new Im2Col(stage.input(), examples, stage.kernel(), true);
    products = new ChunkBuffers(patches.chunks(), stage.filters());
    output = new Activations(examples, stage.output().values());
  }

  @Override
  public Activations infer(Activations in) {
    input = in;
    Matrix kernels = parameters.matrix(stage.layer());
    float[] values = output.array();
    for (int c = 0; c < patches.chunks().count(); c++) {
      Matrix product = products.of(c);
      product.setProduct(patches.gather(in.array(), c), kernels);
      int from = patches.chunks().first(c) * stage.filters();
      product.read(0, values, from, product.length());
      if (rectified) {
        Elementwise.rectify(values, from, from + product.length());
      }
    }
    output.changed();
    return output;
  }

  @Override
  public Layer.Convolution stage() {
    return stage;
  }

  Parameters parameters() {
    return parameters;
  }

  boolean rectified() {
    return rectified;
  }

  int examples() {
    return examples;
  }

  Im2Col patches() {
    return patches;
  }

  Activations input() {
    return input;
  }

  Activations output() {
    return output;
  }

  @Override
  public Backward backward() {
    return new ConvolutionBackward(this);
  }

  @Override
  public void close() {
    patches.close();
    products.close();
    output.close();
  }
}
