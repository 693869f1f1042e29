package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.run.CampaignRun;
import io.tombola.deploy.run.RunRequest;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A campaign that is really run, in seconds, on the data that ships inside. */
public final class TinyCampaign {

  private TinyCampaign() {}

  /** Its configuration, under further settings. */
  public static RunConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "name=tiny",
                "kafka.mode=off",
                "devices.cpu-slots=1",
                "dataset.validation=200",
                "dataset.test-limit=300",
                "network=conv 2, max-pool 7, dense 9, dense 10",
                "training.iterations=20",
                "training.evaluate-every=10",
                "pruning.rounds=2",
                "controls.reinit=1"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(Optional.empty(), all);
  }

  /** Runs it to its end. */
  public static CampaignView run(StoreLayout store, RunConfig config) {
    RunRequest request = new RunRequest(store, config, false, true);
    StringWriter err = new StringWriter();
    CampaignOutcome outcome =
        new CampaignRun(request, new PrintWriter(err), Clock.systemUTC()).run(stop -> {}).outcome();
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind(), err.toString());
    assertEquals(Map.of(), outcome.state().abandoned());
    try (JournalReader journal = JournalReader.open(store)) {
      return CampaignView.read(journal, config.campaign().name()).orElseThrow();
    }
  }
}
