package io.tombola.actors.device.child;

import java.util.function.Supplier;

/**
 * A process that serves as a trainer, see {@link TrainerHost#serve}; whoever launched it ends it.
 *
 * @param process its standard input and output are pipes
 * @param lastWords what it said on standard error in the end, on one line; empty if nothing
 */
public record TrainerProcess(Process process, Supplier<String> lastWords) {}
