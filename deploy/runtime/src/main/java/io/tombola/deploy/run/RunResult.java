package io.tombola.deploy.run;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.protocol.trial.DeviceUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param finding the findings in sentences; empty without results
 * @param report the HTML file
 * @param slots the campaign's usage of each device so far
 * @param unpublished the results that are not published yet, if any
 */
public record RunResult(
    CampaignOutcome outcome,
    List<String> finding,
    Path report,
    List<DeviceUsage> slots,
    Optional<UnpublishedResults> unpublished) {}
