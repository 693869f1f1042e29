package io.tombola.actors.simulation;

import io.tombola.protocol.TrialId;
import java.util.Optional;

/**
 * What a device is at.
 *
 * @param trial empty when it is no trial's training
 */
record Work(String device, Optional<TrialId> trial) {}
