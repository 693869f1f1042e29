package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.engine.dense.onednn.ConvolutionBuffers;
import io.tombola.training.engine.dense.onednn.ForwardConvolution;
import io.tombola.training.network.Layer;

/** A convolution by oneDNN. */
final class OneDnnConvolution implements Forward {

  private final Layer.Convolution stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final Activations output;
  private final ForwardConvolution convolution;
  private Activations input;

  OneDnnConvolution(
      Layer.Convolution stage, Parameters parameters, int examples, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.rectified = rectified;
    output = new Activations(examples, stage.output().values());
    convolution =
        new ForwardConvolution(
            stage,
            examples,
            buffers(parameters.matrix(stage.layer()), stage.filters()),
            output.room().address());
  }

  /** The buffers in a matrix of [kernel values + 1][filters] whose last row are the biases. */
  static ConvolutionBuffers buffers(Matrix matrix, int filters) {
    return new ConvolutionBuffers(matrix.address(), matrix.address(matrix.length() - filters));
  }

  @Override
  public Activations infer(Activations values) {
    input = values;
    convolution.run(values.matrix().address());
    if (rectified) {
      output.fetchRectified();
    } else {
      output.fetch();
    }
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
  public Backward backward() {
    return new OneDnnConvolutionBackward(this);
  }

  @Override
  public void close() {
    convolution.close();
    output.close();
  }
}
