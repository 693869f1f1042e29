package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;

/**
 * An order on its way to the process that is to follow it.
 *
 * @param to that process, as the store's lock names it: no later one is meant
 */
record QueuedCommand(String to, String campaign, ControlCommand order) {}
