package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.ParameterGroup.Range;
import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.List;
import java.util.Optional;

/** The gradients of a dense layer: a product each for its weights and its input. */
final class DenseBackward implements Backward {

  private final DenseForward forward;
  private final Matrix weights;
  private final Matrix weightGradients;
  private final float[] biasGradients;
  private final float[] row;

  DenseBackward(DenseForward forward) {
    this.forward = forward;
    PrunableLayer layer = layer();
    weights = forward.parameters().matrix(forward.stage().layer());
    weightGradients = new Matrix(layer.rows(), layer.outputs());
    biasGradients = new float[layer.outputs()];
    row = new float[layer.outputs()];
  }

  private PrunableLayer layer() {
    return forward.parameters().network().layers().get(forward.stage().layer());
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    if (forward.rectified()) {
      Elementwise.maskByActivity(gradient.array(), forward.output().array());
      gradient.changed();
    }
    Elementwise.sumRows(gradient.array(), biasGradients, row);
    weightGradients.setProductOfTransposed(forward.input().matrix(), gradient.matrix());
    if (below.isPresent()) {
      below.get().room().setProductWithTransposed(gradient.matrix(), weights);
      below.get().fetch();
    }
  }

  @Override
  public List<ParameterGroup> trained() {
    Network network = forward.parameters().network();
    int layer = forward.stage().layer();
    Range weightRange = new Range(network.weightOffset(layer), layer().weightCount(), true);
    Range biasRange = new Range(network.biasOffset(layer), layer().outputs(), false);
    return List.of(
        new ParameterGroup.InMatrix(weightRange, 0, weights, weightGradients),
        new ParameterGroup.OnHeap(biasRange, biasGradients));
  }

  @Override
  public void close() {
    weightGradients.close();
  }
}
