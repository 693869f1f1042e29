package io.tombola.deploy.config;

import java.util.OptionalInt;

/**
 * What to train on.
 *
 * @param cpuSlots trainings at a time on the processor, at least 1; empty: one for each core
 * @param pinCores whether each of these stays on a core of its own, where the platform allows it
 */
public record DeviceSettings(OptionalInt cpuSlots, boolean pinCores) {}
