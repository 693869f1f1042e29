package io.tombola.deploy.run;

import io.tombola.deploy.config.RunConfig;
import io.tombola.storage.StoreLayout;

/**
 * A request to run a campaign.
 *
 * @param live whether standard error is a terminal
 * @param quiet whether to show only findings and errors
 */
public record RunRequest(StoreLayout store, RunConfig config, boolean live, boolean quiet) {}
