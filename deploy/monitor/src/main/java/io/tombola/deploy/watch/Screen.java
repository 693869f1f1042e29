package io.tombola.deploy.watch;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.EventLine;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.deploy.live.NextCommandHint;
import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.text.DeviceUtilisation;
import io.tombola.deploy.text.DurationText;
import io.tombola.deploy.text.ProgressBar;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * Renders a store for a terminal: one campaign at a time, with its devices, accuracy against Pm and
 * newest events.
 *
 * @param chosen index of the campaign that is shown
 * @param zone time zone of the displayed times
 */
public record Screen(StoreSnapshot store, int chosen, ZoneId zone) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int MIN_EVENT_ROWS = 4;
  private static final int MAX_PLOT_ROWS = 14;
  private static final Duration MIN_SHOWN_LAG = Duration.ofSeconds(30);

  /** A screen that shows {@code campaign}, or the newest campaign if there is none of that name. */
  public static Screen of(StoreSnapshot store, String campaign, ZoneId zone) {
    int last = store.campaigns().size() - 1;
    int chosen =
        IntStream.rangeClosed(0, last)
            .filter(i -> store.campaigns().get(i).status().campaign().equals(campaign))
            .findFirst()
            .orElse(last);
    return new Screen(store, chosen, zone);
  }

  /** The name of the campaign {@code steps} after the chosen one, cyclically. */
  String at(int steps) {
    int campaigns = store.campaigns().size();
    return campaigns == 0
        ? ""
        : store.campaigns().get(Math.floorMod(chosen + steps, campaigns)).status().campaign();
  }

  /** The rendered rows, exactly {@code rows} of them. */
  public List<AttributedString> lines(int columns, int rows) {
    Canvas canvas = new Canvas(columns, rows - 1);
    canvas.line(
        "tombola watch " + store.store() + "  " + TIME.withZone(zone).format(store.at()),
        AttributedStyle.DEFAULT.faint());
    if (store.campaigns().isEmpty()) {
      canvas.line("no campaign yet; start one with 'tombola run'");
    } else {
      draw(store.campaigns().get(chosen), canvas);
    }
    return Stream.concat(canvas.lines().stream(), Stream.of(keys(columns))).toList();
  }

  private AttributedString keys(int columns) {
    int campaigns = store.campaigns().size();
    String others =
        campaigns > 1
            ? "   left, right: another campaign (" + (chosen + 1) + " of " + campaigns + ")"
            : "";
    return new AttributedString("q: quit" + others, AttributedStyle.INVERSE)
        .columnSubSequence(0, columns);
  }

  private void draw(CampaignSnapshot campaign, Canvas canvas) {
    CampaignStatus status = campaign.status();
    canvas.heading(
        "%s: %s on %s, seed %d"
            .formatted(
                status.campaign(),
                campaign.spec().network(),
                campaign.spec().dataset().name(),
                campaign.spec().seed()));
    canvas.line(progress(campaign));
    NextCommandHint.of(status).ifPresent(canvas::line);
    canvas.emptyLine();
    devices(campaign, canvas);
    replicates(status, canvas);
    Arms arms = Arms.of(campaign);
    new ArmTable(arms).draw(canvas, canvas.remainingRows() / 3);
    canvas.emptyLine();
    AccuracyPlot.of(arms)
        .draw(canvas, Math.min(MAX_PLOT_ROWS, canvas.remainingRows() - MIN_EVENT_ROWS - 1));
    canvas.emptyLine();
    events(campaign.events(), canvas);
  }

  private String progress(CampaignSnapshot campaign) {
    CampaignStatus status = campaign.status();
    double fraction =
        campaign
            .live()
            .map(Heartbeat::fraction)
            .orElse((double) status.trialsEnded() / status.trials());
    return "%s %s %3.0f %%  %d of %d trials%s"
        .formatted(
            status.state().name().toLowerCase(Locale.ROOT),
            ProgressBar.of(fraction, 30),
            Math.floor(100 * fraction),
            status.trialsEnded(),
            status.trials(),
            eta(campaign));
  }

  private String eta(CampaignSnapshot campaign) {
    return switch (campaign.status().state()) {
      case RUNNING ->
          campaign
              .live()
              .flatMap(Heartbeat::etaSeconds)
              .map(seconds -> ", ETA " + DurationText.text(Duration.ofSeconds(seconds)))
              .orElse("");
      case INTERRUPTED, PAUSED, CANCELLED -> "";
      case FINISHED, FAILED ->
          campaign
              .status()
              .finishedAt()
              .map(
                  at ->
                      ", took "
                          + DurationText.text(Duration.between(campaign.status().startedAt(), at)))
              .orElse("");
    };
  }

  private static void devices(CampaignSnapshot campaign, Canvas canvas) {
    campaign.live().stream()
        .flatMap(live -> live.slots().stream())
        .forEach(slot -> canvas.line(device(slot)));
    campaign.live().flatMap(Heartbeat::processMetrics).flatMap(ProcessMetrics::publishing).stream()
        .map(publishing -> Duration.ofMillis(Math.round(1000 * publishing.lagSeconds())))
        .filter(lag -> lag.compareTo(MIN_SHOWN_LAG) > 0)
        .forEach(
            lag ->
                canvas.line(
                    "Kafka publish lag: %s; the results are safe in the journal"
                        .formatted(DurationText.text(lag)),
                    AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
    if (!campaign.status().devices().isEmpty()) {
      canvas.line(
          DeviceUtilisation.line(
              campaign.status().devices().stream().map(CampaignStatus.Slot::usage).toList()),
          AttributedStyle.DEFAULT.faint());
    }
  }

  private static String device(Heartbeat.Slot slot) {
    return slot.training()
        .map(
            at ->
                String.format(
                    Locale.ROOT,
                    "%-6s %s %-26s %,7d of %,d%s%s",
                    slot.device(),
                    ProgressBar.of((double) at.iteration() / at.iterations(), 12),
                    at.trial(),
                    at.iteration(),
                    at.iterations(),
                    at.iterationsPerSecond()
                        .map(rate -> String.format(Locale.ROOT, "  %,.0f it/s", rate))
                        .orElse(""),
                    at.validationAccuracyPercent()
                        .map(a -> String.format(Locale.ROOT, "  validation %.2f %%", a))
                        .orElse("")))
        .orElse(String.format(Locale.ROOT, "%-6s idle", slot.device()));
  }

  private static void replicates(CampaignStatus status, Canvas canvas) {
    status.replicates().stream()
        .flatMap(r -> r.failures().stream().map(why -> "replicate " + r.replicate() + ", " + why))
        .forEach(
            line -> canvas.line(line, AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
    canvas.line(
        "rounds "
            + status.replicates().stream()
                .map(r -> r.replicate() + ": " + r.roundsEnded() + "/" + r.rounds())
                .collect(Collectors.joining(", ")));
  }

  /** The newest events without checkpoints, which are frequent and show as device progress. */
  private void events(List<EventLine> all, Canvas canvas) {
    List<EventLine> events =
        all.stream().filter(event -> !event.kind().equals("CheckpointSaved")).toList();
    int shown = Math.min(events.size(), canvas.remainingRows());
    for (EventLine event : events.subList(events.size() - shown, events.size())) {
      canvas.line(
          TIME.withZone(zone).format(event.at())
              + "  "
              + event.replicate().map(r -> "replicate " + r + ": ").orElse("")
              + event.text());
    }
  }
}
