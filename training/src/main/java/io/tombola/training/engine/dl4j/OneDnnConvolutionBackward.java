package io.tombola.training.engine.dl4j;

import io.tombola.training.engine.dl4j.ParameterGroup.Range;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/** The gradients of a convolution by oneDNN. */
final class OneDnnConvolutionBackward implements Backward {

  private final OneDnnConvolution forward;
  private final Layer.Convolution stage;
  // Laid out like the layer's parameters.
  private final Matrix gradients;
  private final OneDnnMemory in;
  private final OneDnnMemory outGradient;
  private final OneDnnMemory best;
  private final OneDnnMemory canonical;
  private final OneDnnMemory biases;
  private final OneDnnPrimitive product;
  private final OneDnnPrimitive reorder;
  private Optional<InputGradient> inputGradient = Optional.empty();

  OneDnnConvolutionBackward(OneDnnConvolution forward) {
    this.forward = forward;
    stage = forward.stage();
    Matrix values = forward.parameters().matrix(stage.layer());
    gradients = new Matrix(values.rows(), values.columns());
    OneDnnStream stream = forward.stream();
    OneDnnKernels kernels = forward.kernels();
    in = OneDnnMemory.elsewhere(stream, kernels.input());
    outGradient = OneDnnMemory.elsewhere(stream, kernels.output());
    canonical = OneDnnMemory.elsewhere(stream, kernels.canonical());
    biases = OneDnnMemory.elsewhere(stream, kernels.biases());
    dnnl_primitive_desc description = kernels.backwardKernels();
    best = kernels.kernels(description, dnnl.dnnl_query_diff_weights_md);
    product =
        new OneDnnPrimitive(
            stream,
            description,
            Map.of(
                dnnl.DNNL_ARG_SRC, in,
                dnnl.DNNL_ARG_DIFF_DST, outGradient,
                dnnl.DNNL_ARG_DIFF_WEIGHTS, best,
                dnnl.DNNL_ARG_DIFF_BIAS, biases));
    reorder = OneDnnPrimitive.reorder(stream, best, canonical);
    canonical.at(gradients.address());
    biases.at(gradients.address(gradients.length() - stage.filters()));
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    if (forward.rectified()) {
      Elementwise.maskByActivity(gradient.array(), forward.output().array());
      gradient.changed();
    }
    in.at(forward.input().matrix().address());
    outGradient.at(gradient.matrix().address());
    product.run();
    reorder.run();
    if (below.isPresent()) {
      inputGradient().run(below.get());
    }
  }

  private InputGradient inputGradient() {
    if (inputGradient.isEmpty()) {
      inputGradient = Optional.of(new InputGradient(forward, outGradient));
    }
    return inputGradient.get();
  }

  @Override
  public List<ParameterGroup> trained() {
    Network network = forward.parameters().network();
    PrunableLayer layer = network.layers().get(stage.layer());
    Matrix values = forward.parameters().matrix(stage.layer());
    int weights = layer.weightCount();
    Range weightRange = new Range(network.weightOffset(stage.layer()), weights, true);
    Range biasRange = new Range(network.biasOffset(stage.layer()), layer.outputs(), false);
    return List.of(
        new ParameterGroup.InMatrix(weightRange, 0, values, gradients),
        new ParameterGroup.InMatrix(biasRange, weights, values, gradients));
  }

  /** The kernels that have computed something. */
  List<String> kernels() {
    List<String> names = new ArrayList<>(List.of(product.kernel()));
    inputGradient.ifPresent(gradient -> names.add(gradient.product.kernel()));
    return names;
  }

  @Override
  public void close() {
    inputGradient.ifPresent(InputGradient::close);
    product.close();
    reorder.close();
    in.close();
    outGradient.close();
    canonical.close();
    best.close();
    biases.close();
    gradients.close();
  }

  /** The gradient by the input of a convolution. */
  private static final class InputGradient implements AutoCloseable {

    private final OneDnnMemory canonical;
    private final OneDnnMemory best;
    private final OneDnnMemory inGradient;
    private final OneDnnPrimitive reorder;
    private final OneDnnPrimitive product;

    InputGradient(OneDnnConvolution forward, OneDnnMemory outGradient) {
      OneDnnStream stream = forward.stream();
      OneDnnKernels kernels = forward.kernels();
      canonical = OneDnnMemory.elsewhere(stream, kernels.canonical());
      canonical.at(forward.parameters().matrix(forward.stage().layer()).address());
      inGradient = OneDnnMemory.elsewhere(stream, kernels.input());
      dnnl_primitive_desc description = kernels.backwardInput();
      best = kernels.kernels(description, dnnl.dnnl_query_weights_md);
      reorder = OneDnnPrimitive.reorder(stream, canonical, best);
      product =
          new OneDnnPrimitive(
              stream,
              description,
              Map.of(
                  dnnl.DNNL_ARG_DIFF_DST, outGradient,
                  dnnl.DNNL_ARG_WEIGHTS, best,
                  dnnl.DNNL_ARG_DIFF_SRC, inGradient));
    }

    void run(Activations below) {
      inGradient.at(below.room().address());
      reorder.run();
      product.run();
      below.fetch();
    }

    @Override
    public void close() {
      product.close();
      reorder.close();
      canonical.close();
      best.close();
      inGradient.close();
    }
  }
}
