package io.tombola.deploy.config;

import io.tombola.actors.failure.FailurePolicy;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.JournalAddress;
import java.util.Optional;

/**
 * The checked configuration of a run.
 *
 * @param campaign what is trained; stored, and the same every time it is resumed
 * @param kafka where results are published
 * @param devices what to train on
 * @param data where data sets are fetched from
 * @param journal where the event log is kept; empty: where the store already has it, else in the
 *     store
 * @param trainers what separates trainings from each other
 * @param retries how often a failed step is retried
 * @param webhook where messages about the campaign are sent; empty for none
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
