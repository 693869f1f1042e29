package io.tombola.training.mask;

import io.tombola.training.network.Weights;

/**
 * What one training did to the weights.
 *
 * @param before at its start, the mask laid over them or not
 * @param after at its end
 */
public record WeightChange(Weights before, Weights after) {}
