package io.tombola.deploy.config;

import java.time.Duration;

/**
 * How often what fails is tried again; see campaign-defaults.conf. No part of a campaign.
 *
 * @param diverged retries of a training that diverged
 * @param device retries after a device was lost or had no memory left
 * @param internal retries after a mistake of this program
 * @param firstPause before the first retry; it doubles with each further one
 */
public record RetrySettings(int diverged, int device, int internal, Duration firstPause) {}
