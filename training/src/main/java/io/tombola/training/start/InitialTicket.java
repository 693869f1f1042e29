package io.tombola.training.start;

import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;

/**
 * Where a replicate's ticket chain starts.
 *
 * @param theta0 the initialisation of the replicate
 * @param mask all ones
 */
public record InitialTicket(Weights theta0, Mask mask) {}
