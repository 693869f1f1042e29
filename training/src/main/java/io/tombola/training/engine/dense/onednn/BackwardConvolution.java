package io.tombola.training.engine.dense.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The gradients of a {@link ForwardConvolution} by its parameters and by its input. Images are
 * [examples][rows][columns][channels]. Confined to one thread.
 */
public final class BackwardConvolution implements AutoCloseable {

  private final OneDnnStream stream;
  private final ConvolutionDescriptors descriptors;
  private final ConvolutionBuffers parameters;
  private final OneDnnMemory input;
  private final OneDnnMemory outputGradient;
  private final OneDnnMemory kernelGradients;
  private final OneDnnMemory canonicalKernelGradients;
  private final OneDnnMemory biasGradients;
  private final OneDnnPrimitive convolution;
  private final OneDnnPrimitive reorder;
  private Optional<InputGradient> inputGradient = Optional.empty();

  BackwardConvolution(
      OneDnnStream stream,
      ConvolutionDescriptors descriptors,
      ConvolutionBuffers parameters,
      ConvolutionBuffers gradients) {
    this.stream = stream;
    this.descriptors = descriptors;
    this.parameters = parameters;
    input = OneDnnMemory.elsewhere(stream, descriptors.input());
    outputGradient = OneDnnMemory.elsewhere(stream, descriptors.output());
    canonicalKernelGradients = OneDnnMemory.elsewhere(stream, descriptors.canonicalKernels());
    biasGradients = OneDnnMemory.elsewhere(stream, descriptors.biases());
    dnnl_primitive_desc description = descriptors.backwardKernels();
    kernelGradients = descriptors.allocateKernels(description, dnnl.dnnl_query_diff_weights_md);
    convolution =
        new OneDnnPrimitive(
            stream,
            description,
            Map.of(
                dnnl.DNNL_ARG_SRC, input,
                dnnl.DNNL_ARG_DIFF_DST, outputGradient,
                dnnl.DNNL_ARG_DIFF_WEIGHTS, kernelGradients,
                dnnl.DNNL_ARG_DIFF_BIAS, biasGradients));
    reorder = OneDnnPrimitive.reorder(stream, kernelGradients, canonicalKernelGradients);
    canonicalKernelGradients.at(gradients.kernels());
    biasGradients.at(gradients.biases());
  }

  /**
   * Computes the gradients by kernels and biases.
   *
   * @param images the input of the forward pass
   * @param gradient by the output, before the activation
   */
  public void computeParameterGradients(FloatPointer images, FloatPointer gradient) {
    input.at(images);
    outputGradient.at(gradient);
    convolution.run();
    reorder.run();
  }

  /**
   * Computes the gradient by the input from the output gradient that {@link
   * #computeParameterGradients} was given last.
   *
   * @param into where it goes
   */
  public void computeInputGradient(FloatPointer into) {
    if (inputGradient.isEmpty()) {
      inputGradient = Optional.of(new InputGradient());
    }
    inputGradient.get().run(into);
  }

  /** What oneDNN calls the kernels that have computed something. */
  public List<String> kernels() {
    List<String> names = new ArrayList<>(List.of(convolution.kernel()));
    inputGradient.ifPresent(gradient -> names.add(gradient.convolution.kernel()));
    return names;
  }

  @Override
  public void close() {
    inputGradient.ifPresent(InputGradient::close);
    convolution.close();
    reorder.close();
    input.close();
    outputGradient.close();
    canonicalKernelGradients.close();
    kernelGradients.close();
    biasGradients.close();
  }

  /** The gradient by the input, whose kernels have a layout of their own. */
  private final class InputGradient implements AutoCloseable {

    private final OneDnnMemory canonicalKernels;
    private final OneDnnMemory kernels;
    private final OneDnnMemory result;
    private final OneDnnPrimitive reorder;
    private final OneDnnPrimitive convolution;

    InputGradient() {
      canonicalKernels = OneDnnMemory.elsewhere(stream, descriptors.canonicalKernels());
      canonicalKernels.at(parameters.kernels());
      result = OneDnnMemory.elsewhere(stream, descriptors.input());
      dnnl_primitive_desc description = descriptors.backwardInput();
      kernels = descriptors.allocateKernels(description, dnnl.dnnl_query_weights_md);
      reorder = OneDnnPrimitive.reorder(stream, canonicalKernels, kernels);
      convolution =
          new OneDnnPrimitive(
              stream,
              description,
              Map.of(
                  dnnl.DNNL_ARG_DIFF_DST, outputGradient,
                  dnnl.DNNL_ARG_WEIGHTS, kernels,
                  dnnl.DNNL_ARG_DIFF_SRC, result));
    }

    void run(FloatPointer into) {
      result.at(into);
      reorder.run();
      convolution.run();
    }

    @Override
    public void close() {
      convolution.close();
      reorder.close();
      canonicalKernels.close();
      kernels.close();
      result.close();
    }
  }
}
