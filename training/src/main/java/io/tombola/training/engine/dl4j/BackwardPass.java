package io.tombola.training.engine.dl4j;

import io.tombola.training.engine.dl4j.DenseLayers.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of every layer for a fixed number of examples; buffers are reused. The gradient by
 * the images is never computed: nothing needs it.
 */
final class BackwardPass implements AutoCloseable {

  private final DenseLayers layers;
  private final List<Matrix> deltas = new ArrayList<>();
  private final List<float[]> deltaValues = new ArrayList<>();
  private final List<Matrix> weightGradients = new ArrayList<>();
  private final List<float[]> biasGradients = new ArrayList<>();
  private final List<float[]> rowBuffers = new ArrayList<>();

  BackwardPass(DenseLayers layers, int rows) {
    this.layers = layers;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      deltas.add(new Matrix(rows, layer.fanOut()));
      deltaValues.add(new float[rows * layer.fanOut()]);
      weightGradients.add(new Matrix(layer.fanIn(), layer.fanOut()));
      biasGradients.add(new float[layer.fanOut()]);
      rowBuffers.add(new float[layer.fanOut()]);
    }
  }

  /** Where the derivative by the logits goes before {@link #run}, [rows][classes]. */
  float[] logitGradient() {
    return deltaValues.get(layers.size() - 1);
  }

  /** Computes all gradients from {@link #logitGradient} and what {@code forward} computed. */
  void run(Matrix images, ForwardPass forward) {
    for (int l = layers.size() - 1; l >= 0; l--) {
      Layer layer = layers.get(l);
      Matrix delta = deltas.get(l);
      float[] values = deltaValues.get(l);
      if (l < layers.size() - 1) {
        Elementwise.maskByActivity(values, forward.values(l));
      }
      delta.write(0, values, 0, values.length);
      Elementwise.sumRows(values, biasGradients.get(l), rowBuffers.get(l));
      Matrix inputs = l == 0 ? images : forward.output(l - 1);
      weightGradients.get(l).setProductOfTransposed(inputs, delta);
      if (l > 0) {
        Matrix below = deltas.get(l - 1);
        float[] belowValues = deltaValues.get(l - 1);
        below.setProductWithTransposed(delta, layer.weights());
        below.read(0, belowValues, 0, belowValues.length);
      }
    }
  }

  /** The gradient of a layer's weights, [fanIn][fanOut]. */
  Matrix weightGradient(int layer) {
    return weightGradients.get(layer);
  }

  /** The gradient of a layer's biases. */
  float[] biasGradient(int layer) {
    return biasGradients.get(layer);
  }

  @Override
  public void close() {
    deltas.forEach(Matrix::close);
    weightGradients.forEach(Matrix::close);
  }
}
