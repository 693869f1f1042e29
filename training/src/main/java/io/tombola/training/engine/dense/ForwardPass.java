package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Nd4jBackend;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** All stages of a network for a fixed number of examples; buffers are reused. */
final class ForwardPass implements AutoCloseable {

  private final Parameters parameters;
  private final int examples;
  private final List<Forward> steps = new ArrayList<>();
  private final List<Activations> outputs = new ArrayList<>();

  ForwardPass(Parameters parameters, int examples) {
    this.parameters = parameters;
    this.examples = examples;
    List<Layer> stages = parameters.network().stages();
    for (int s = 0; s < stages.size(); s++) {
      // A ReLU belongs to the stage before it.
      if (!(stages.get(s) instanceof Layer.Relu)) {
        boolean rectified = s + 1 < stages.size() && stages.get(s + 1) instanceof Layer.Relu;
        steps.add(step(stages.get(s), rectified));
      }
    }
  }

  private Forward step(Layer stage, boolean rectified) {
    if (stage instanceof Layer.Convolution convolution) {
      return Nd4jBackend.usesOneDnn()
          ? new OneDnnConvolution(convolution, parameters, examples, rectified)
          : new ConvolutionForward(convolution, parameters, examples, rectified);
    } else if (stage instanceof Layer.Dense dense) {
      return new DenseForward(dense, parameters, examples, rectified);
    } else if (stage instanceof Layer.MaxPool pool) {
      return new MaxPooling(pool, examples);
    } else if (stage instanceof Layer.Dropout dropout) {
      return new DropoutPass(dropout, examples);
    } else if (stage instanceof Layer.BatchNorm norm) {
      return new BatchNormForward(norm, parameters, examples, rectified);
    }
    throw new IllegalArgumentException("expected a stage of its own, found " + stage);
  }

  /** Whether the first stage is a product with the images themselves. */
  static boolean startsDense(Network network) {
    return network.stages().get(0) instanceof Layer.Dense;
  }

  /**
   * Computes all stages as a trained network does.
   *
   * @param images [examples][inputs]
   * @return the logits, [examples][classes], valid until the next call
   */
  float[] infer(Activations images) {
    return run(images, Forward::infer);
  }

  /**
   * Computes all stages as a network in training does.
   *
   * @param images [examples][inputs]; a dropout may change them
   * @param dropouts what a dropout draws from, by its index in the network
   * @return the logits, [examples][classes], valid until the next call
   */
  float[] train(Activations images, IntFunction<RandomStream> dropouts) {
    return run(images, (step, values) -> step.train(values, dropouts));
  }

  private float[] run(Activations images, BiFunction<Forward, Activations, Activations> pass) {
    outputs.clear();
    Activations values = images;
    for (Forward step : steps) {
      values = pass.apply(step, values);
      outputs.add(values);
    }
    return values.array();
  }

  /** What a stage put out in the last pass; valid until the next. */
  Activations output(int step) {
    return outputs.get(step);
  }

  /** The stages, each with the ReLU that follows it, first to last. */
  List<Forward> steps() {
    return List.copyOf(steps);
  }

  int examples() {
    return examples;
  }

  @Override
  public void close() {
    steps.forEach(Forward::close);
  }
}
