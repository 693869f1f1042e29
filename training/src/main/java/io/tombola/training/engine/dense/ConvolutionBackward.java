package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The gradients of a convolution. The one by its kernels is summed over chunks, first to last; the
 * one by its input is itself a convolution, with the kernels turned by 180 degrees.
 */
final class ConvolutionBackward implements LayerBackward {

  private final ConvolutionForward forward;
  private final Layer.Convolution layer;
  private final Matrix kernelGradients;
  private final ChunkBuffers gradientChunks;
  private Optional<InputGradient> inputGradient = Optional.empty();

  ConvolutionBackward(ConvolutionForward forward) {
    this.forward = forward;
    layer = forward.layer();
    kernelGradients = new Matrix(forward.patches().columns(), layer.filters());
    gradientChunks = new ChunkBuffers(forward.patches().chunks(), layer.filters());
  }

  @Override
  public void run(Activations gradient, Optional<Activations> below) {
    if (forward.layer().rectified()) {
      Elementwise.maskByActivity(gradient.array(), forward.output().array());
    }
    RowChunks chunks = forward.patches().chunks();
    for (int c = 0; c < chunks.count(); c++) {
      Matrix part = gradientChunks.of(c);
      part.write(0, gradient.array(), chunks.first(c) * layer.filters(), part.length());
      Matrix patches = forward.patches().gather(forward.input().array(), c);
      if (c == 0) {
        kernelGradients.setProductOfTransposed(patches, part);
      } else {
        kernelGradients.addProductOfTransposed(patches, part);
      }
    }
    below.ifPresent(values -> inputGradient().run(gradient, values));
  }

  private InputGradient inputGradient() {
    if (inputGradient.isEmpty()) {
      inputGradient =
          Optional.of(new InputGradient(layer, forward.parameters(), forward.examples()));
    }
    return inputGradient.get();
  }

  @Override
  public List<ParameterGroup> trained() {
    return ParameterGroup.inMatrix(forward.parameters(), layer.index(), kernelGradients);
  }

  @Override
  public void close() {
    kernelGradients.close();
    gradientChunks.close();
    inputGradient.ifPresent(InputGradient::close);
  }

  /** The gradient by the input of a convolution. */
  private static final class InputGradient implements AutoCloseable {

    private final Layer.Convolution layer;
    private final Parameters parameters;
    private final Im2Col patches;
    private final ChunkBuffers products;
    private final Matrix turned;
    private final float[] turnedValues;

    InputGradient(Layer.Convolution layer, Parameters parameters, int examples) {
      this.layer = layer;
      this.parameters = parameters;
      patches = new Im2Col(layer.output(), examples, layer.kernel(), false);
      products = new ChunkBuffers(patches.chunks(), layer.input().channels());
      turned = new Matrix(patches.columns(), layer.input().channels());
      turnedValues = new float[turned.length()];
    }

    void run(Activations gradient, Activations below) {
      turn();
      for (int c = 0; c < patches.chunks().count(); c++) {
        Matrix product = products.of(c);
        product.setProduct(patches.gather(gradient.array(), c), turned);
        int from = patches.chunks().first(c) * layer.input().channels();
        product.read(0, below.array(), from, product.length());
      }
      below.changed();
    }

    /** Turns [pixel][channel][filter] into [pixel from the last][filter][channel]. */
    private void turn() {
      int channels = layer.input().channels();
      int area = layer.kernel() * layer.kernel();
      int offset = parameters.network().weightOffset(layer.index());
      for (int pixel = 0; pixel < area; pixel++) {
        int from = offset + pixel * channels * layer.filters();
        int into = (area - 1 - pixel) * channels * layer.filters();
        for (int filter = 0; filter < layer.filters(); filter++) {
          for (int channel = 0; channel < channels; channel++) {
            turnedValues[into++] = parameters.values()[from + channel * layer.filters() + filter];
          }
        }
      }
      turned.write(0, turnedValues, 0, turnedValues.length);
    }

    @Override
    public void close() {
      patches.close();
      products.close();
      turned.close();
    }
  }
}
