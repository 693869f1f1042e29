package io.tombola.deploy.run;

import io.tombola.deploy.config.SpecDifference;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.network.Networks;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requested campaign as earlier processes left it in the store, and the checks before it is
 * resumed.
 *
 * @param err receives warnings
 */
record StoredCampaign(RunRequest request, PrintWriter err) {

  /**
   * Reads the campaign and deletes orphaned artifacts of the store.
   *
   * @return empty if the campaign has not started yet
   * @throws ChangedCampaignException if its specification differs from the requested one
   * @throws CancelledCampaignException if the user cancelled it
   */
  Optional<CampaignView> find() {
    Optional<JournalReader> journal = JournalReader.openIfPresent(request.store());
    if (journal.isEmpty()) {
      return Optional.empty();
    }
    try (JournalReader reader = journal.get()) {
      warnOfLostEvents(reader.lostEvents());
      List<CampaignView> campaigns = CampaignView.all(reader);
      Optional<CampaignView> stored =
          campaigns.stream()
              .filter(view -> view.campaign().spec().orElseThrow().name().equals(spec().name()))
              .findFirst();
      stored.ifPresent(this::requireUnchanged);
      stored.ifPresent(this::requireNotCancelled);
      new ArtifactStore(request.store()).sweep(CampaignView.liveArtifacts(reader));
      return stored;
    }
  }

  /** The engines of its prepared trials, and those that future trials may use. */
  static Set<EngineName> engines(CampaignSpec campaign, Optional<CampaignView> stored) {
    Set<EngineName> used =
        EnumSet.copyOf(
            EngineSelection.STANDARD.candidates(
                campaign.training().engine(), Networks.of(campaign)));
    stored.stream()
        .flatMap(view -> view.replicates().stream())
        .flatMap(replicate -> replicate.trials().stream())
        .forEach(trial -> used.add(trial.engine()));
    return used;
  }

  /** Warns if this process may compute other bytes than the previous one. */
  void warnIfDeterminantsChanged(CampaignView stored, Provenance provenance) {
    List<Provenance> before = stored.campaign().provenances();
    List<String> changed =
        ProvenanceCollector.difference(before.get(before.size() - 1), provenance);
    if (!changed.isEmpty() && stored.campaign().finishedAt().isEmpty()) {
      err.println(
          "warning: resuming gives other bytes than an uninterrupted run would have given: "
              + String.join("; ", changed));
    }
  }

  private void warnOfLostEvents(long events) {
    if (events > 0) {
      err.printf(
          "warning: the last %d acknowledged events are missing from the journal of %s;"
              + " their work is computed again, with the same results%n",
          events, request.store().root());
    }
  }

  private void requireUnchanged(CampaignView stored) {
    List<String> difference =
        SpecDifference.between(stored.campaign().spec().orElseThrow(), spec());
    if (!difference.isEmpty()) {
      throw new ChangedCampaignException(
          spec().name(), request.store().root().toString(), difference);
    }
  }

  private void requireNotCancelled(CampaignView stored) {
    if (stored.campaign().hold().equals(Optional.of(ControlState.CANCELLED))) {
      throw new CancelledCampaignException(stored.name(), request.store().root().toString());
    }
  }

  private CampaignSpec spec() {
    return request.config().campaign();
  }
}
