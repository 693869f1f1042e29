package io.tombola.training.engine.dense.onednn;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Descriptors of a convolution's primitives and of the memory they use. Images and the gradients by
 * them are [examples][rows][columns][channels]; kernels are in whichever layout oneDNN chooses.
 */
final class ConvolutionDescriptors implements AutoCloseable {

  private static final long[] STRIDES = {1, 1};
  private static final long[] DILATIONS = {0, 0};

  private final OneDnnStream stream;
  private final dnnl_memory_desc input;
  private final dnnl_memory_desc output;
  private final dnnl_memory_desc canonicalKernels;
  private final dnnl_memory_desc chosenKernels;
  private final dnnl_memory_desc biases;
  private final dnnl_primitive_desc forward = new dnnl_primitive_desc();
  private final long[] padding;

  ConvolutionDescriptors(OneDnnStream stream, Layer.Convolution layer, int examples) {
    this.stream = stream;
    int kernel = layer.kernel();
    padding = new long[] {kernel / 2, kernel / 2};
    input = images(layer.input(), examples);
    output = images(layer.output(), examples);
    long[] shape = {layer.filters(), layer.input().channels(), kernel, kernel};
    canonicalKernels = layout(dnnl.dnnl_hwio, shape);
    chosenKernels = layout(dnnl.dnnl_format_tag_any, shape);
    biases = layout(dnnl.dnnl_x, layer.filters());
    describeForward(forward);
  }

  private static dnnl_memory_desc images(ImageShape shape, int examples) {
    return layout(dnnl.dnnl_nhwc, examples, shape.channels(), shape.height(), shape.width());
  }

  private static dnnl_memory_desc layout(int tag, long... shape) {
    dnnl_memory_desc layout = new dnnl_memory_desc();
    OneDnn.check(
        dnnl.dnnl_memory_desc_create_with_tag(layout, shape.length, shape, dnnl.dnnl_f32, tag));
    return layout;
  }

  dnnl_memory_desc input() {
    return input;
  }

  dnnl_memory_desc output() {
    return output;
  }

  /** Kernels as in the canonical layout: [rows][columns][input channels][filters]. */
  dnnl_memory_desc canonicalKernels() {
    return canonicalKernels;
  }

  dnnl_memory_desc biases() {
    return biases;
  }

  /** The output from input, kernels and biases. */
  dnnl_primitive_desc forward() {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    describeForward(description);
    return description;
  }

  private void describeForward(dnnl_primitive_desc into) {
    OneDnn.check(
        dnnl.dnnl_convolution_forward_primitive_desc_create(
            into,
            stream.engine(),
            dnnl.dnnl_forward_training,
            dnnl.dnnl_convolution_direct,
            input,
            chosenKernels,
            biases,
            output,
            STRIDES,
            DILATIONS,
            padding,
            padding,
            (dnnl_primitive_attr) null));
  }

  /** The gradient by the input from kernels and the gradient by the output. */
  dnnl_primitive_desc backwardInput() {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_convolution_backward_data_primitive_desc_create(
            description,
            stream.engine(),
            dnnl.dnnl_convolution_direct,
            input,
            chosenKernels,
            output,
            STRIDES,
            DILATIONS,
            padding,
            padding,
            forward,
            (dnnl_primitive_attr) null));
    return description;
  }

  /** The gradients by kernels and biases from the input and the gradient by the output. */
  dnnl_primitive_desc backwardKernels() {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_convolution_backward_weights_primitive_desc_create(
            description,
            stream.engine(),
            dnnl.dnnl_convolution_direct,
            input,
            chosenKernels,
            biases,
            output,
            STRIDES,
            DILATIONS,
            padding,
            padding,
            forward,
            (dnnl_primitive_attr) null));
    return description;
  }

  /**
   * Allocates kernels, or the gradients by them, in the layout that a description chose.
   *
   * @param query oneDNN's number for which of the two
   */
  OneDnnMemory allocateKernels(dnnl_primitive_desc description, int query) {
    return OneDnnMemory.allocate(stream, dnnl.dnnl_primitive_desc_query_md(description, query, 0));
  }

  @Override
  public void close() {
    OneDnn.check(dnnl.dnnl_primitive_desc_destroy(forward));
    for (dnnl_memory_desc layout :
        new dnnl_memory_desc[] {input, output, canonicalKernels, chosenKernels, biases}) {
      OneDnn.check(dnnl.dnnl_memory_desc_destroy(layout));
    }
  }
}
