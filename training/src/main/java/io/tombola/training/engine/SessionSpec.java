package io.tombola.training.engine;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.mask.Mask;

/**
 * What a session trains.
 *
 * @param start where it starts, before the mask is laid over weights and moments
 * @param engine what computes it
 */
public record SessionSpec(
    TrainingSpec training,
    DataSplits splits,
    TrainingPosition start,
    Mask mask,
    DataOrder order,
    LearningRates rates,
    EngineName engine) {}
