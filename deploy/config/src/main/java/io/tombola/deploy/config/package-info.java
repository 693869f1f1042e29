/**
 * From a campaign file, a preset and {@code --set} to a checked campaign and its run settings.
 * Every problem in them is one {@link io.tombola.deploy.config.BadConfigException} with one line.
 */
package io.tombola.deploy.config;
