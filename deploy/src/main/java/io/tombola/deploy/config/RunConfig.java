package io.tombola.deploy.config;

import io.tombola.protocol.spec.CampaignSpec;

/**
 * What a run is asked to do and how.
 *
 * @param campaign the question; stored, and the same every time it is resumed
 * @param kafka where results are published
 * @param devices what to train on
 * @param data where data sets are fetched
 */
public record RunConfig(
    CampaignSpec campaign, KafkaSettings kafka, DeviceSettings devices, DataSettings data) {}
