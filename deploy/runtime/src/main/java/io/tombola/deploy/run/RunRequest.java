package io.tombola.deploy.run;

import io.tombola.deploy.config.RunConfig;
import io.tombola.storage.StoreLayout;

/**
 * What the command line asks for.
 *
 * @param live whether standard error is a terminal
 * @param quiet whether only the finding and errors are shown
 */
public record RunRequest(StoreLayout store, RunConfig config, boolean live, boolean quiet) {}
