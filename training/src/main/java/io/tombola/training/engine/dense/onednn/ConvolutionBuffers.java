package io.tombola.training.engine.dense.onednn;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Where the parameters of a convolution are, or the gradients by them.
 *
 * @param kernels [kernel rows][kernel columns][input channels][filters]
 * @param biases [filters]
 */
public record ConvolutionBuffers(FloatPointer kernels, FloatPointer biases) {}
