package io.tombola.deploy.config;

import java.util.OptionalInt;

/**
 * What to train on.
 *
 * @param cpuSlots trainings at a time on the processor, at least 1; empty: one for each core
 */
public record DeviceSettings(OptionalInt cpuSlots) {}
