package io.tombola.deploy.serve;

import io.tombola.deploy.report.Figures;
import io.tombola.deploy.report.ReportFile;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.ReplicateState.RoundMask;
import io.tombola.storage.StoreLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Works out what figures show, on one thread of its own, and only when somebody asks and it has
 * changed. Thread-safe; whoever opens it closes it.
 */
final class FigureCache implements AutoCloseable {

  /** What figures are made of; while it is the same, so are they. */
  private record Makings(long epoch, List<RoundRecord> results, List<List<RoundMask>> masks) {

    static Makings of(CampaignVersion campaign) {
      return new Makings(
          campaign.epoch(),
          campaign.snapshot().results(),
          campaign.view().replicates().stream().map(ReplicateState::masks).toList());
    }
  }

  private record Kept(Makings makings, CompletableFuture<byte[]> json) {}

  private final StoreLayout store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Threads.named("figures"));
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  FigureCache(StoreLayout store) {
    this.store = store;
  }

  /** The figures of a campaign as JSON; fails if an artifact of theirs is damaged. */
  CompletionStage<byte[]> figures(CampaignVersion campaign) {
    Makings makings = Makings.of(campaign);
    return kept.compute(
            campaign.name(),
            (name, before) ->
                before != null && before.makings().equals(makings) && !failed(before)
                    ? before
                    : new Kept(makings, begin(campaign)))
        .json()
        .minimalCompletionStage();
  }

  private static boolean failed(Kept kept) {
    return kept.json().isCompletedExceptionally();
  }

  private CompletableFuture<byte[]> begin(CampaignVersion campaign) {
    return CompletableFuture.supplyAsync(
        () -> Figures.json(new ReportFile(store, campaign.view()).data()), thread);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
