package io.tombola.deploy.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tombola.actors.campaign.ControlCommand;

/**
 * A command in the queue.
 *
 * @param to the process that is to execute it, as the store's lock names it; no later process does
 */
record QueuedCommand(String to, String campaign, @JsonProperty("order") ControlCommand command) {}
