package io.tombola.training.engine.dl4j;

import io.tombola.training.network.Stage;

/** A convolution: the product of patches and kernels, some lines of pixels at a time. */
final class ConvolutionForward implements Forward {

  private final Stage.Convolution stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final int examples;
  private final Patches patches;
  private final ChunkBuffers products;
  private final Values output;
  private Values input;

  ConvolutionForward(
      Stage.Convolution stage, Parameters parameters, int examples, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.examples = examples;
    this.rectified = rectified;
    patches = new Patches(stage.input(), examples, stage.kernel(), true);
    products = new ChunkBuffers(patches.chunks(), stage.filters());
    output = new Values(examples, stage.output().values());
  }

  @Override
  public Values infer(Values in) {
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
  public Stage.Convolution stage() {
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

  Patches patches() {
    return patches;
  }

  Values input() {
    return input;
  }

  Values output() {
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
