package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.engine.dense.onednn.ConvolutionBuffers;
import io.tombola.training.engine.dense.onednn.ForwardConvolution;
import io.tombola.training.network.Layer;

/** A convolution by oneDNN. */
final class OneDnnConvolution implements LayerForward {

  private final Layer.Convolution layer;
  private final Parameters parameters;
  private final Activations output;
  private final ForwardConvolution convolution;
  private Activations input = Activations.none();

  OneDnnConvolution(Layer.Convolution layer, Parameters parameters, int examples) {
    this.layer = layer;
    this.parameters = parameters;
    output = new Activations(examples, layer.output().values());
    convolution =
        new ForwardConvolution(
            layer,
            examples,
            buffers(parameters.matrix(layer.index()), layer.filters()),
            output.buffer().address());
  }

  /** The buffers in a matrix of [kernel values + 1][filters] whose last row are the biases. */
  static ConvolutionBuffers buffers(Matrix matrix, int filters) {
    return new ConvolutionBuffers(matrix.address(), matrix.address(matrix.length() - filters));
  }

  @Override
  public Activations infer(Activations values) {
    input = values;
    convolution.run(values.matrix().address());
    if (layer.rectified()) {
      output.fetchRectified();
    } else {
      output.fetch();
    }
    return output;
  }

  @Override
  public Layer.Convolution layer() {
    return layer;
  }

  Parameters parameters() {
    return parameters;
  }

  Activations input() {
    return input;
  }

  Activations output() {
    return output;
  }

  ForwardConvolution convolution() {
    return convolution;
  }

  @Override
  public LayerBackward backward() {
    return new OneDnnConvolutionBackward(this);
  }

  @Override
  public void close() {
    convolution.close();
    output.close();
  }
}
