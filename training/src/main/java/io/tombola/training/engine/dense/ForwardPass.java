package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Nd4jBackend;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** All layers of a network for a fixed number of examples; buffers are reused. */
final class ForwardPass implements AutoCloseable {

  private final int examples;
  private final List<LayerForward> steps = new ArrayList<>();
  private final List<Activations> outputs = new ArrayList<>();

  ForwardPass(Parameters parameters, int examples) {
    this.examples = examples;
    Steps factory = new Steps(parameters, examples);
    for (Layer layer : parameters.network().layers()) {
      steps.add(layer.accept(factory));
    }
  }

  /** What computes each layer. */
  private record Steps(Parameters parameters, int examples) implements Layer.Visitor<LayerForward> {

    @Override
    public LayerForward convolution(Layer.Convolution convolution) {
      return Nd4jBackend.usesOneDnn()
          ? new OneDnnConvolution(convolution, parameters, examples)
          : new ConvolutionForward(convolution, parameters, examples);
    }

    @Override
    public LayerForward dense(Layer.Dense dense) {
      return new DenseForward(dense, parameters, examples);
    }

    @Override
    public LayerForward batchNorm(Layer.BatchNorm norm) {
      return new BatchNormForward(norm, parameters, examples);
    }

    @Override
    public LayerForward pool(Layer.Pool pool) {
      return new Pooling(pool, examples);
    }

    @Override
    public LayerForward dropout(Layer.Dropout dropout) {
      return new DropoutPass(dropout, examples);
    }
  }

  /** Whether the first layer is a matrix product with the images themselves. */
  static boolean startsDense(Network network) {
    return network.layers().get(0) instanceof Layer.Dense;
  }

  /**
   * Computes all layers as a trained network does.
   *
   * @param images [examples][inputs]
   * @return the logits, [examples][classes], valid until the next call
   */
  float[] infer(Activations images) {
    return run(images, LayerForward::infer);
  }

  /**
   * Computes all layers as a network in training does.
   *
   * @param images [examples][inputs]; a dropout may change them
   * @param dropouts what a dropout draws from, by its index in the network
   * @return the logits, [examples][classes], valid until the next call
   */
  float[] train(Activations images, IntFunction<RandomStream> dropouts) {
    return run(images, (step, values) -> step.train(values, dropouts));
  }

  private float[] run(Activations images, BiFunction<LayerForward, Activations, Activations> pass) {
    outputs.clear();
    Activations values = images;
    for (LayerForward step : steps) {
      values = pass.apply(step, values);
      outputs.add(values);
    }
    return values.array();
  }

  /** The output of a layer, from 0, in the last pass; valid until the next. */
  Activations output(int step) {
    return outputs.get(step);
  }

  /** What computes each layer, from input to output. */
  List<LayerForward> steps() {
    return List.copyOf(steps);
  }

  int examples() {
    return examples;
  }

  @Override
  public void close() {
    steps.forEach(LayerForward::close);
  }
}
