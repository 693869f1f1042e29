package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Layer;

/** A convolution: the product of patches and kernels, some lines of pixels at a time. */
final class ConvolutionForward implements LayerForward {

  private final Layer.Convolution layer;
  private final Parameters parameters;
  private final int examples;
  private final Im2Col patches;
  private final ChunkBuffers products;
  private final Activations output;
  private Activations input = Activations.none();

  ConvolutionForward(Layer.Convolution layer, Parameters parameters, int examples) {
    this.layer = layer;
    this.parameters = parameters;
    this.examples = examples;
    patches = new Im2Col(layer.input(), examples, layer.kernel(), true);
    products = new ChunkBuffers(patches.chunks(), layer.filters());
    output = new Activations(examples, layer.output().values());
  }

  @Override
  public Activations infer(Activations in) {
    input = in;
    Matrix kernels = parameters.matrix(layer.index());
    float[] values = output.array();
    for (int c = 0; c < patches.chunks().count(); c++) {
      Matrix product = products.of(c);
      product.setProduct(patches.gather(in.array(), c), kernels);
      int from = patches.chunks().first(c) * layer.filters();
      product.read(0, values, from, product.length());
      if (layer.rectified()) {
        Elementwise.rectify(values, from, from + product.length());
      }
    }
    output.changed();
    return output;
  }

  @Override
  public Layer.Convolution layer() {
    return layer;
  }

  Parameters parameters() {
    return parameters;
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
  public LayerBackward backward() {
    return new ConvolutionBackward(this);
  }

  @Override
  public void close() {
    patches.close();
    products.close();
    output.close();
  }
}
