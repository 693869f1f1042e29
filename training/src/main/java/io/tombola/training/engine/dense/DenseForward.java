package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;

/** A dense layer: one product, then the biases on the heap. */
final class DenseForward implements LayerForward {

  private final Layer.Dense layer;
  private final Parameters parameters;
  private final int rows;
  private final Activations output;
  private final float[] biases;
  private Activations input = Activations.none();

  DenseForward(Layer.Dense layer, Parameters parameters, int rows) {
    this.layer = layer;
    this.parameters = parameters;
    this.rows = rows;
    output = new Activations(rows, layer.units());
    biases = new float[rows * layer.units()];
  }

  @Override
  public Activations infer(Activations in) {
    input = in;
    output.buffer().setProduct(in.matrix(), parameters.matrix(layer.index()));
    output.fetch();
    int offset = parameters.network().biasOffset(layer.index());
    Elementwise.repeatRow(parameters.values(), offset, biases, rows, layer.units());
    if (layer.rectified()) {
      Elementwise.addAndRectify(output.array(), biases);
    } else {
      Elementwise.add(output.array(), biases);
    }
    output.changed();
    return output;
  }

  @Override
  public Layer.Dense layer() {
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

  @Override
  public LayerBackward backward() {
    return new DenseBackward(this);
  }

  @Override
  public void close() {
    output.close();
  }
}
