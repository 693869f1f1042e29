package io.tombola.actors.device.child;

import java.util.function.Supplier;

/**
 * A process that runs a trainer, see {@link TrainerHost#serve}; its launcher ends it.
 *
 * @param process its standard input and output are pipes
 * @param lastErrors the last lines of its standard error, joined to one; empty if there are none
 */
public record TrainerProcess(Process process, Supplier<String> lastErrors) {}
