package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * All parameters of a network in the canonical layout on the heap, where they are updated, and each
 * layer's in the backend's memory for its products: [rows + 1][outputs], the last row being the
 * biases, for a convolution; [rows][outputs] for a dense layer.
 */
final class Parameters implements AutoCloseable {

  private final Network network;
  private final float[] values;
  private final List<Matrix> matrices = new ArrayList<>();

  /** Takes over {@code values}. */
  Parameters(Network network, float[] values) {
    this.network = network;
    this.values = values;
    for (PrunableLayer layer : network.prunableLayers()) {
      boolean withBiases = layer.kind() == Network.Kind.CONV;
      matrices.add(new Matrix(layer.rows() + (withBiases ? 1 : 0), layer.outputs()));
    }
    copyAll();
  }

  Network network() {
    return network;
  }

  /** The canonical layout; after a change from outside, {@link #copyAll} follows. */
  float[] values() {
    return values;
  }

  /** A layer's (from 0) parameters for products. */
  Matrix matrix(int layer) {
    return matrices.get(layer);
  }

  /** Copies all layers' parameters to the backend. */
  void copyAll() {
    for (int l = 0; l < matrices.size(); l++) {
      matrices.get(l).write(0, values, network.weightOffset(l), matrices.get(l).length());
    }
  }

  @Override
  public void close() {
    matrices.forEach(Matrix::close);
  }
}
