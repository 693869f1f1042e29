package io.tombola.training.start;

import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;

/**
 * Where one training starts; the mask is laid over the weights when training begins.
 *
 * @param weights values under the mask's zeros are ignored
 */
public record Start(Weights weights, Mask mask) {}
