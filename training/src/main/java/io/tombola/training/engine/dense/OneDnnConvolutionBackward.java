package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.engine.dense.onednn.BackwardConvolution;
import io.tombola.training.network.Layer;
import java.util.List;
import java.util.Optional;

/** The gradients of a convolution by oneDNN. */
final class OneDnnConvolutionBackward implements LayerBackward {

  private final OneDnnConvolution forward;
  private final Layer.Convolution layer;
  // Laid out like the layer's parameters.
  private final Matrix gradients;
  private final BackwardConvolution convolution;

  OneDnnConvolutionBackward(OneDnnConvolution forward) {
    this.forward = forward;
    layer = forward.layer();
    Matrix values = forward.parameters().matrix(layer.index());
    gradients = new Matrix(values.rows(), values.columns());
    convolution =
        forward.convolution().backward(OneDnnConvolution.buffers(gradients, layer.filters()));
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    if (forward.layer().rectified()) {
      Elementwise.maskByActivity(gradient.array(), forward.output().array());
      gradient.changed();
    }
    convolution.computeParameterGradients(
        forward.input().matrix().address(), gradient.matrix().address());
    if (below.isPresent()) {
      convolution.computeInputGradient(below.get().buffer().address());
      below.get().fetch();
    }
  }

  @Override
  public List<ParameterGroup> trained() {
    return ParameterGroup.inMatrix(forward.parameters(), layer.index(), gradients);
  }

  /** What oneDNN calls the kernels that have computed something. */
  List<String> kernels() {
    return convolution.kernels();
  }

  @Override
  public void close() {
    convolution.close();
    gradients.close();
  }
}
