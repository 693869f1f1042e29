package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;

/** A dense layer: one product, then the biases on the heap. */
final class DenseForward implements Forward {

  private final Layer.Dense stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final int rows;
  private final Activations output;
  private final float[] biases;
  private Activations input;

  DenseForward(Layer.Dense stage, Parameters parameters, int rows, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.rows = rows;
    this.rectified = rectified;
    output = new Activations(rows, stage.units());
    biases = new float[rows * stage.units()];
  }

  @Override
  public Activations infer(Activations in) {
    input = in;
    output.room().setProduct(in.matrix(), parameters.matrix(stage.layer()));
    output.fetch();
    int offset = parameters.network().biasOffset(stage.layer());
    Elementwise.repeatRow(parameters.values(), offset, biases, rows, stage.units());
    if (rectified) {
      Elementwise.addAndRectify(output.array(), biases);
    } else {
      Elementwise.add(output.array(), biases);
    }
    output.changed();
    return output;
  }

  @Override
  public Layer.Dense stage() {
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

  @Override
  public Backward backward() {
    return new DenseBackward(this);
  }

  @Override
  public void close() {
    output.close();
  }
}
