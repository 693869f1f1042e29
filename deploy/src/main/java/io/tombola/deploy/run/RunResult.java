package io.tombola.deploy.run;

import io.tombola.actors.campaign.CampaignOutcome;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to.
 *
 * @param finding the results in plain words; empty while there is none
 * @param report the HTML file
 */
public record RunResult(CampaignOutcome outcome, List<String> finding, Path report) {}
