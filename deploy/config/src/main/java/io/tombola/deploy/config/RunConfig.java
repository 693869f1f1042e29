package io.tombola.deploy.config;

import io.tombola.actors.failure.FailurePolicy;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.JournalAddress;
import java.util.Optional;

/**
 * What a run is asked to do and how.
 *
 * @param campaign the question; stored, and the same every time it is resumed
 * @param kafka where results are published
 * @param devices what to train on
 * @param data where data sets are fetched
 * @param journal where the event log is kept; empty: where the store has it, else inside
 * @param trainers how trainers live
 * @param retries how often what fails is tried again
 * @param webhook whom to tell what becomes of the campaign
 */
public record RunConfig(
    CampaignSpec campaign,
    KafkaSettings kafka,
    DeviceSettings devices,
    DataSettings data,
    Optional<JournalAddress> journal,
    TrainerSettings trainers,
    FailurePolicy retries,
    Optional<WebhookSettings> webhook) {}
