package io.tombola.training.engine.sparse;

import io.tombola.training.engine.sparse.SparseWeights.Back;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A dense layer or a convolution. A dense layer is the same at its only pixel as what a convolution
 * is at each.
 */
final class SparseLinearStep implements LaneStep {

  private final Kernels kernels;
  private final Layer.Weighted layer;
  private final int units;
  private final int width;
  private final SparseWeights sparseWeights;
  private final LaneTensor input;
  private final LaneTensor output;
  private final LaneTensor gradient;
  // One for each pixel that is put out.
  private final int[] inputShifts;
  private final int[] outputShifts;
  private final int[] gradientShifts;
  // A bias is a weight of an input that is always 1.
  private final SegmentedSparseIndex biasIndex;
  private final float[] ones;
  private final int[] noShifts;

  // Empty where nothing needs the gradient by the input.
  private Optional<InputGradient> inputGradient = Optional.empty();
  private CompactLayout.Range weights = CompactLayout.Range.UNKNOWN;
  private CompactLayout.Range biases = CompactLayout.Range.UNKNOWN;

  private SparseLinearStep(
      Plan plan, Layer.Weighted layer, SparseWeights sparseWeights, int[] inputShifts) {
    kernels = plan.kernels;
    this.layer = layer;
    input = plan.input;
    output = plan.output;
    gradient = plan.gradient;
    this.sparseWeights = sparseWeights;
    this.inputShifts = inputShifts;
    units = output.shape().channels();
    width = output.width();
    outputShifts = IntStream.range(0, output.pixels()).map(output::shift).toArray();
    gradientShifts = IntStream.range(0, gradient.pixels()).map(gradient::shift).toArray();
    noShifts = new int[gradientShifts.length];
    ones = Lanes.zeros(1, width);
    Arrays.fill(ones, 1f);
    int[] from = new int[units];
    Arrays.fill(from, Lanes.START);
    biasIndex =
        SegmentedSparseIndex.of(from, IntStream.range(0, units).map(this::unitStart).toArray());
  }

  private int unitStart(int unit) {
    return Lanes.START + unit * width;
  }

  /**
   * What a step is between.
   *
   * @param gradient the gradient by the output
   * @param below where the gradient by the input goes; empty where nothing needs it
   */
  record Plan(
      Kernels kernels,
      LaneTensor input,
      LaneTensor output,
      LaneTensor gradient,
      Optional<LaneTensor> below) {}

  /** A dense layer with these surviving weights. */
  static SparseLinearStep dense(Layer.Dense layer, Network network, BitSet bits, Plan plan) {
    int width = plan.output.width();
    int[] starts = plan.input.starts();
    SparseWeights sparseWeights =
        new SparseWeights(
            network.prunableLayers().get(layer.index()),
            bits,
            network.weightOffset(layer.index()),
            new SparseWeights.Rows(r -> starts[r], u -> Lanes.START + u * width, width));
    SparseLinearStep step = new SparseLinearStep(plan, layer, sparseWeights, new int[1]);
    step.inputGradient =
        plan.below.map(
            image -> {
              int[] targets = image.starts();
              Back back = new Back(r -> 0, r -> targets[r], r -> r, targets.length, 1, r -> 0);
              return new InputGradient(image, sparseWeights.backward(back), new int[1], new int[1]);
            });
    return step;
  }

  /** A convolution with these surviving weights. */
  static SparseLinearStep convolution(
      Layer.Convolution layer, Network network, BitSet bits, Plan plan) {
    int width = plan.output.width();
    int channels = layer.input().channels();
    int kernel = layer.kernel();
    LaneTensor input = plan.input;
    LaneTensor gradient = plan.gradient;
    SparseWeights sparseWeights =
        new SparseWeights(
            network.prunableLayers().get(layer.index()),
            bits,
            network.weightOffset(layer.index()),
            new SparseWeights.Rows(
                r -> {
                  int tap = r / channels;
                  int pixel = tap / kernel * input.lineLength() + tap % kernel;
                  return Lanes.START + pixel * input.pixelLength() + r % channels * width;
                },
                u -> Lanes.START + u * width,
                width));
    int[] windows = IntStream.range(0, input.pixels()).map(input::windowShift).toArray();
    SparseLinearStep step = new SparseLinearStep(plan, layer, sparseWeights, windows);
    step.inputGradient =
        plan.below.map(
            image -> {
              int taps = kernel * kernel;
              // What lies above a pixel in the input is reached from below it in the output.
              Back back =
                  new Back(
                      r -> {
                        int tap = taps - 1 - r / channels;
                        int pixel = tap / kernel * gradient.lineLength() + tap % kernel;
                        return pixel * gradient.pixelLength();
                      },
                      r -> Lanes.START + r % channels * width,
                      r -> r % channels,
                      channels,
                      taps,
                      r -> r / channels);
              int[] from =
                  IntStream.range(0, gradient.pixels()).map(gradient::windowShift).toArray();
              int[] into = IntStream.range(0, image.pixels()).map(image::shift).toArray();
              return new InputGradient(image, sparseWeights.backward(back), from, into);
            });
    return step;
  }

  /** The surviving weights. */
  SparseWeights sparseWeights() {
    return sparseWeights;
  }

  /** Says where the parameters are; before anything else. */
  void bindParameters(CompactLayout layout) {
    weights = layout.weights(layer.index());
    biases = layout.biases(layer.index());
  }

  /** Whether all parameters, and the outputs of the first {@code examples}, are finite. */
  boolean finite(float[] parameters, int examples) {
    return weights.finite(parameters) && biases.finite(parameters) && output.finite(examples);
  }

  @Override
  public LaneTensor output() {
    return output;
  }

  @Override
  public LaneTensor gradient() {
    return gradient;
  }

  @Override
  public void infer(float[] parameters) {
    float[] from = input.values();
    float[] into = output.values();
    for (int p = 0; p < outputShifts.length; p++) {
      int shift = outputShifts[p];
      for (int u = 0; u < units; u++) {
        int start = unitStart(u) + shift;
        Arrays.fill(into, start, start + width, parameters[biases.at() + u]);
      }
      kernels.addProducts(
          sparseWeights.forward,
          parameters,
          weights.at(),
          from,
          inputShifts[p],
          into,
          shift,
          width);
      if (layer.rectified()) {
        kernels.rectify(into, unitStart(0) + shift, units * width);
      }
    }
  }

  @Override
  public void back(float[] parameters, float[] gradients) {
    if (layer.rectified()) {
      gradient.maskByActivity(output, kernels);
    }
    float[] by = gradient.values();
    kernels.sumProducts(
        sparseWeights.forward,
        input.values(),
        inputShifts,
        by,
        gradientShifts,
        gradients,
        weights.at(),
        width);
    kernels.sumProducts(
        biasIndex, ones, noShifts, by, gradientShifts, gradients, biases.at(), width);
    inputGradient.ifPresent(below -> below.compute(kernels, parameters, weights.at(), gradient));
  }

  /** The gradient by the input, and the weights in the order in which it reads them. */
  private static final class InputGradient {

    private final LaneTensor image;
    private final SparseWeights.Backward order;
    private final float[] ordered;
    // One for each pixel of the image.
    private final int[] fromShifts;
    private final int[] intoShifts;

    InputGradient(
        LaneTensor image, SparseWeights.Backward order, int[] fromShifts, int[] intoShifts) {
      this.image = image;
      this.order = order;
      ordered = new float[order.forwardPlaces.length];
      this.fromShifts = fromShifts;
      this.intoShifts = intoShifts;
    }

    /** Computes it with the weights that start at {@code at} in {@code parameters}. */
    void compute(Kernels kernels, float[] parameters, int at, LaneTensor gradient) {
      int[] places = order.forwardPlaces;
      for (int k = 0; k < ordered.length; k++) {
        ordered[k] = parameters[at + places[k]];
      }
      float[] into = image.values();
      if (intoShifts.length == 1) {
        Arrays.fill(into, 0f);
      }
      for (int p = 0; p < intoShifts.length; p++) {
        int shift = intoShifts[p];
        if (intoShifts.length > 1) {
          int start = Lanes.START + shift;
          Arrays.fill(into, start, start + image.pixelLength(), 0f);
        }
        kernels.addProducts(
            order.index, ordered, 0, gradient.values(), fromShifts[p], into, shift, image.width());
      }
    }
  }
}
