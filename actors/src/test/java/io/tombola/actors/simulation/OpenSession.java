package io.tombola.actors.simulation;

import io.tombola.protocol.TrialId;
import java.util.Optional;

/**
 * A session that is open on a device.
 *
 * @param trial empty if the session belongs to a probe
 */
record OpenSession(String device, Optional<TrialId> trial) {}
