package io.tombola.deploy.run;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.protocol.trial.DeviceUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param finding the results in plain words; empty while there is none
 * @param report the HTML file
 * @param slots what the campaign made each device do so far
 * @param undelivered why some results are not published, if so
 */
public record RunResult(
    CampaignOutcome outcome,
    List<String> finding,
    Path report,
    List<DeviceUsage> slots,
    Optional<UnpublishedResults> undelivered) {}
