package io.tombola.deploy.report;

import io.tombola.deploy.report.claims.ClaimScore;
import io.tombola.deploy.report.claims.Claims;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import java.util.List;

/**
 * All that a report is made of.
 *
 * @param campaign started, but not necessarily finished
 * @param replicates those that have started
 * @param artifacts of the trials that have a result
 * @param campaignFile the resolved campaign, as a file that {@code run} accepts
 * @param command the command that reproduces the campaign
 */
public record ReportData(
    CampaignState campaign,
    List<ReplicateState> replicates,
    TrialArtifacts artifacts,
    String campaignFile,
    String command) {

  /** Keeps an immutable copy, without replicates that have not started. */
  public ReportData {
    if (campaign.spec().isEmpty()) {
      throw new IllegalArgumentException("a report needs a campaign that has started");
    }
    replicates = replicates.stream().filter(r -> r.campaign().isPresent()).toList();
  }

  /** The results so far, by replicate, round and arm. */
  public List<RoundRecord> records() {
    return ReplicateState.recordsOf(replicates);
  }

  /** What the results say. */
  public Findings findings() {
    return Findings.of(campaign, records());
  }

  /** The claims of the paper, scored on the results. */
  public List<ClaimScore> claims() {
    return Claims.score(campaign.spec().orElseThrow(), records());
  }
}
