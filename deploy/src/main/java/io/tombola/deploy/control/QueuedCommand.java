package io.tombola.deploy.control;

/**
 * An order on its way to the process that is to follow it.
 *
 * @param to that process, as the store's lock names it: no later one is meant
 */
record QueuedCommand(String to, String campaign, ControlAction order) {}
