package io.tombola.training.engine.dl4j;

import io.tombola.training.network.Layer;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/** A convolution by oneDNN, whose sums run in the order of its kernels. */
final class OneDnnConvolution implements Forward {

  private final Layer.Convolution stage;
  private final Parameters parameters;
  private final boolean rectified;
  private final int examples;
  private final Activations output;
  private final OneDnnStream stream = new OneDnnStream();
  private final OneDnnKernels kernels;
  private final OneDnnMemory in;
  private final OneDnnMemory out;
  private final OneDnnMemory canonical;
  private final OneDnnMemory best;
  private final OneDnnMemory biases;
  private final OneDnnPrimitive reorder;
  private final OneDnnPrimitive product;
  private Activations input;

  OneDnnConvolution(
      Layer.Convolution stage, Parameters parameters, int examples, boolean rectified) {
    this.stage = stage;
    this.parameters = parameters;
    this.examples = examples;
    this.rectified = rectified;
    output = new Activations(examples, stage.output().values());
    kernels = new OneDnnKernels(stream, stage, examples);
    in = OneDnnMemory.elsewhere(stream, kernels.input());
    out = OneDnnMemory.elsewhere(stream, kernels.output());
    canonical = OneDnnMemory.elsewhere(stream, kernels.canonical());
    biases = OneDnnMemory.elsewhere(stream, kernels.biases());
    dnnl_primitive_desc description = kernels.forward();
    best = kernels.kernels(description, dnnl.dnnl_query_weights_md);
    reorder = OneDnnPrimitive.reorder(stream, canonical, best);
    product =
        new OneDnnPrimitive(
            stream,
            description,
            Map.of(
                dnnl.DNNL_ARG_SRC, in,
                dnnl.DNNL_ARG_WEIGHTS, best,
                dnnl.DNNL_ARG_BIAS, biases,
                dnnl.DNNL_ARG_DST, out));
    Matrix matrix = parameters.matrix(stage.layer());
    canonical.at(matrix.address());
    biases.at(matrix.address(matrix.length() - stage.filters()));
    out.at(output.room().address());
  }

  @Override
  public Activations infer(Activations values) {
    input = values;
    in.at(values.matrix().address());
    reorder.run();
    product.run();
    if (rectified) {
      output.fetchRectified();
    } else {
      output.fetch();
    }
    return output;
  }

  @Override
  public Layer.Convolution stage() {
    return stage;
  }

  Parameters parameters() {
    return parameters;
  }

  boolean rectified() {
    return rectified;
  }

  int examples() {
    return examples;
  }

  Activations input() {
    return input;
  }

  Activations output() {
    return output;
  }

  OneDnnStream stream() {
    return stream;
  }

  OneDnnKernels kernels() {
    return kernels;
  }

  /** Which kernel computes this. */
  String kernel() {
    return product.kernel();
  }

  @Override
  public Backward backward() {
    return new OneDnnConvolutionBackward(this);
  }

  @Override
  public void close() {
    product.close();
    reorder.close();
    in.close();
    out.close();
    canonical.close();
    best.close();
    biases.close();
    kernels.close();
    stream.close();
    output.close();
  }
}
