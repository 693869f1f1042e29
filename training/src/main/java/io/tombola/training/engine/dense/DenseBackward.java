package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.ParameterGroup.Range;
import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.List;
import java.util.Optional;

/** The gradients of a dense layer: a product each for its weights and its input. */
final class DenseBackward implements LayerBackward {

  private final DenseForward forward;
  private final Matrix weights;
  private final Matrix weightGradients;
  private final float[] biasGradients;
  private final float[] row;

  DenseBackward(DenseForward forward) {
    this.forward = forward;
    PrunableLayer shape = shape();
    weights = forward.parameters().matrix(forward.layer().index());
    weightGradients = new Matrix(shape.rows(), shape.outputs());
    biasGradients = new float[shape.outputs()];
    row = new float[shape.outputs()];
  }

  private PrunableLayer shape() {
    return forward.parameters().network().prunableLayers().get(forward.layer().index());
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    if (forward.layer().rectified()) {
      Elementwise.maskByActivity(gradient.array(), forward.output().array());
      gradient.changed();
    }
    Elementwise.sumRows(gradient.array(), biasGradients, row);
    weightGradients.setProductOfTransposed(forward.input().matrix(), gradient.matrix());
    if (below.isPresent()) {
      below.get().buffer().setProductWithTransposed(gradient.matrix(), weights);
      below.get().fetch();
    }
  }

  @Override
  public List<ParameterGroup> trained() {
    Network network = forward.parameters().network();
    int layer = forward.layer().index();
    return List.of(
        new ParameterGroup.InMatrix(Range.weights(network, layer), 0, weights, weightGradients),
        new ParameterGroup.OnHeap(Range.biases(network, layer), biasGradients));
  }

  @Override
  public void close() {
    weightGradients.close();
  }
}
