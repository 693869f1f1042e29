package io.tombola.training.engine.dense.onednn;

import io.tombola.training.network.Layer;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The output of a convolution, without its activation, by oneDNN, whose sums run in the order of
 * its kernels. Images are [examples][rows][columns][channels]. Confined to the thread that creates
 * it, which closes it.
 */
public final class ForwardConvolution implements AutoCloseable {

  private final OneDnnStream stream = new OneDnnStream();
  private final ConvolutionDescriptors descriptors;
  private final ConvolutionBuffers parameters;
  private final OneDnnMemory input;
  private final OneDnnMemory output;
  private final OneDnnMemory canonicalKernels;
  private final OneDnnMemory kernels;
  private final OneDnnMemory biases;
  private final OneDnnPrimitive reorder;
  private final OneDnnPrimitive convolution;

  /**
   * Prepares the primitives.
   *
   * @param parameters read at each {@link #run}
   * @param output written at each {@link #run}
   */
  public ForwardConvolution(
      Layer.Convolution layer, int examples, ConvolutionBuffers parameters, FloatPointer output) {
    this.parameters = parameters;
    descriptors = new ConvolutionDescriptors(stream, layer, examples);
    input = OneDnnMemory.elsewhere(stream, descriptors.input());
    this.output = OneDnnMemory.elsewhere(stream, descriptors.output());
    canonicalKernels = OneDnnMemory.elsewhere(stream, descriptors.canonicalKernels());
    biases = OneDnnMemory.elsewhere(stream, descriptors.biases());
    dnnl_primitive_desc description = descriptors.forward();
    kernels = descriptors.allocateKernels(description, dnnl.dnnl_query_weights_md);
    reorder = OneDnnPrimitive.reorder(stream, canonicalKernels, kernels);
    convolution =
        new OneDnnPrimitive(
            stream,
            description,
            Map.of(
                dnnl.DNNL_ARG_SRC, input,
                dnnl.DNNL_ARG_WEIGHTS, kernels,
                dnnl.DNNL_ARG_BIAS, biases,
                dnnl.DNNL_ARG_DST, this.output));
    canonicalKernels.at(parameters.kernels());
    biases.at(parameters.biases());
    this.output.at(output);
  }

  /** Computes the output. */
  public void run(FloatPointer images) {
    input.at(images);
    reorder.run();
    convolution.run();
  }

  /** What oneDNN calls the kernel that computes this, such as {@code jit:avx512_core}. */
  public String kernel() {
    return convolution.kernel();
  }

  /**
   * The gradients of this convolution; the caller closes them before this.
   *
   * @param gradients written by {@link BackwardConvolution#computeParameterGradients}
   */
  public BackwardConvolution backward(ConvolutionBuffers gradients) {
    return new BackwardConvolution(stream, descriptors, parameters, gradients);
  }

  @Override
  public void close() {
    convolution.close();
    reorder.close();
    input.close();
    output.close();
    canonicalKernels.close();
    kernels.close();
    biases.close();
    descriptors.close();
    stream.close();
  }
}
