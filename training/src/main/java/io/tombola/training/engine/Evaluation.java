package io.tombola.training.engine;

/**
 * How a network does on some examples.
 *
 * @param lossNats mean cross entropy
 * @param accuracyPercent share of examples whose largest output, the first on ties, is their class
 */
public record Evaluation(double lossNats, double accuracyPercent) {}
