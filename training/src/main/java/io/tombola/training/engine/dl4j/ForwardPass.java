package io.tombola.training.engine.dl4j;

import io.tombola.training.engine.dl4j.DenseLayers.Layer;
import java.util.ArrayList;
import java.util.List;

/** The outputs of every layer for a fixed number of examples; buffers are reused. */
final class ForwardPass implements AutoCloseable {

  private final DenseLayers layers;
  private final int rows;
  private final List<Matrix> outputs = new ArrayList<>();
  private final List<float[]> values = new ArrayList<>();
  private final List<float[]> biases = new ArrayList<>();

  ForwardPass(DenseLayers layers, int rows) {
    this.layers = layers;
    this.rows = rows;
    for (int l = 0; l < layers.size(); l++) {
      int columns = layers.get(l).fanOut();
      outputs.add(new Matrix(rows, columns));
      values.add(new float[rows * columns]);
      biases.add(new float[rows * columns]);
    }
  }

  /**
   * Computes all layers for the given images.
   *
   * @param images [rows][inputs]
   * @param parameters for the biases; the weights are those of the layers
   * @return the logits, [rows][classes], valid until the next call
   */
  float[] run(Matrix images, float[] parameters) {
    Matrix inputs = images;
    int last = layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      Layer layer = layers.get(l);
      Matrix output = outputs.get(l);
      float[] z = values.get(l);
      output.setProduct(inputs, layer.weights());
      output.read(0, z, 0, z.length);
      float[] bias = biases.get(l);
      Elementwise.repeatRow(parameters, layer.biasOffset(), bias, rows, layer.fanOut());
      if (l == last) {
        Elementwise.add(z, bias);
      } else {
        Elementwise.addAndRectify(z, bias);
        output.write(0, z, 0, z.length);
      }
      inputs = output;
    }
    return values.get(last);
  }

  /** The rectified outputs of a hidden layer, [rows][fanOut]. */
  Matrix output(int layer) {
    return outputs.get(layer);
  }

  /** The same values on the heap. */
  float[] values(int layer) {
    return values.get(layer);
  }

  @Override
  public void close() {
    outputs.forEach(Matrix::close);
  }
}
