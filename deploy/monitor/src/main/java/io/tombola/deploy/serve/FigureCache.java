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
 * Computes figures on request, on one thread, and caches them until their input changes.
 * Thread-safe; the caller closes it.
 */
final class FigureCache implements AutoCloseable {

  /** The input of the figures: equal inputs give equal figures. */
  private record Input(long epoch, List<RoundRecord> results, List<List<RoundMask>> masks) {

    static Input of(CampaignVersion campaign) {
      return new Input(
          campaign.epoch(),
          campaign.snapshot().results(),
          campaign.view().replicates().stream().map(ReplicateState::masks).toList());
    }
  }

  private record Entry(Input input, CompletableFuture<byte[]> json) {}

  private final StoreLayout store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Threads.named("figures"));
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  FigureCache(StoreLayout store) {
    this.store = store;
  }

  /** The figures of a campaign as JSON; fails if an artifact is damaged. */
  CompletionStage<byte[]> figures(CampaignVersion campaign) {
    Input input = Input.of(campaign);
    return entries
        .compute(
            campaign.name(),
            (name, cached) ->
                cached != null && cached.input().equals(input) && !failed(cached)
                    ? cached
                    : new Entry(input, compute(campaign)))
        .json()
        .minimalCompletionStage();
  }

  private static boolean failed(Entry entry) {
    return entry.json().isCompletedExceptionally();
  }

  private CompletableFuture<byte[]> compute(CampaignVersion campaign) {
    return CompletableFuture.supplyAsync(
        () -> Figures.json(new ReportFile(store, campaign.view()).data()), thread);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
