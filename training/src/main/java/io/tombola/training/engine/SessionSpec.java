package io.tombola.training.engine;

import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;

/**
 * What a session trains.
 *
 * @param start the weights before the mask is laid over them
 * @param seeds names the data order
 */
public record SessionSpec(
    TrainingSpec training, DataSplits splits, Weights start, Mask mask, Seeds seeds) {}
