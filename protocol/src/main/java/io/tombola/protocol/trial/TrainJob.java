package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.Optional;

/**
 * One training to do; self-contained, so that a trainer needs nothing but the artifact store.
 *
 * @param campaign seed, data, network and recipe
 * @param engine what computes it
 * @param resume the newest checkpoint, if the training was interrupted
 * @param ticket final weights of the ticket that a copy under another data order is compared with
 */
public record TrainJob(
    TrialId trial,
    CampaignSpec campaign,
    TrialStart start,
    EngineName engine,
    Optional<CheckpointRef> resume,
    Optional<ArtifactRef> ticket) {}
