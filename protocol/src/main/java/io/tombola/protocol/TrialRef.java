package io.tombola.protocol;

/** A trial within its replicate; {@link TrialId} names it in the whole store. */
public record TrialRef(int round, Arm arm) {}
