package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.text.DurationText;
import io.tombola.deploy.text.ProgressBar;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows a campaign's progress: a line for each trial that ends and, on a terminal, a live line for
 * each device and a bar for the campaign below them. Thread-safe.
 */
final class ProgressDisplay implements ProgressListener, AutoCloseable {

  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final int BAR = 30;
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String LINE_UP = "\u001b[1A";

  private final PrintWriter out;
  private final boolean live;
  private final CampaignEta ledger;
  private final Clock clock;
  private final ActiveTime time;
  private Instant drawn = Instant.MIN;
  private int drawnLines;

  /**
   * Shows progress.
   *
   * @param ledger has heard all news before this does
   * @param live whether {@code out} is a terminal that can move its cursor
   */
  ProgressDisplay(PrintWriter out, boolean live, CampaignEta ledger, Clock clock) {
    this.out = out;
    this.live = live;
    this.ledger = ledger;
    this.clock = clock;
    this.time = new ActiveTime(clock);
  }

  @Override
  public synchronized void on(Progress news) {
    time.on(news);
    if (news instanceof Progress.TrialEnded end) {
      print(TrialLine.of(end.record()) + position());
    } else if (news instanceof Progress.Retrying retry) {
      print(
          String.format(
              Locale.ROOT,
              "%s failed (%s); trying again in %d s",
              retry.step(),
              retry.failure().message(),
              retry.pause().toSeconds()));
    }
    if (news instanceof Progress.DeviceUnfit unfit) {
      print(
          String.format(
              Locale.ROOT,
              "%s is not fit yet (%s); probing it again in %d s",
              unfit.device(),
              unfit.why().message(),
              unfit.rest().toSeconds()));
    }
    if (news instanceof Progress.TrainerEnded end) {
      print("the trainer of " + end.device() + " " + end.how());
    }
    if (news instanceof Progress.CampaignPaused pause) {
      print("paused; 'tombola resume " + pause.campaign() + "' goes on");
    }
    if (news instanceof Progress.CampaignResumed) {
      print("resumed");
    }
    redraw(news instanceof Progress.TrialEnded || news instanceof Progress.CampaignPaused);
  }

  /** Removes the live lines. */
  @Override
  public synchronized void close() {
    erase();
    out.flush();
  }

  private void print(String line) {
    erase();
    out.println(line);
    out.flush();
  }

  private String position() {
    return String.format(
        Locale.ROOT, "  (%d of %d%s)", ledger.ended(), ledger.trials(), live ? "" : eta());
  }

  private String eta() {
    Optional<Duration> left = ledger.remaining(time.elapsed());
    return ledger.ended() == ledger.trials()
        ? ""
        : left.map(duration -> ", ETA " + DurationText.text(duration)).orElse("");
  }

  private void redraw(boolean now) {
    Instant at = clock.instant();
    if (!live || (!now && at.isBefore(drawn.plus(REDRAW)))) {
      return;
    }
    drawn = at;
    erase();
    List<String> lines = lines();
    lines.forEach(out::println);
    drawnLines = lines.size();
    out.flush();
  }

  private void erase() {
    for (; drawnLines > 0; drawnLines--) {
      out.print(LINE_UP + CLEAR_LINE);
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    ledger.devices().forEach((device, work) -> lines.add(deviceLine(device, work)));
    double fraction = ledger.fraction();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %3.0f %%  %d of %d trials%s",
            ProgressBar.of(fraction, BAR),
            Math.floor(100 * fraction),
            ledger.ended(),
            ledger.trials(),
            eta()));
    return lines;
  }

  private static String deviceLine(String device, Optional<CampaignEta.AtWork> work) {
    return work.map(
            at ->
                String.format(
                    Locale.ROOT,
                    "%-6s %s %-28s %,7d of %,d%s",
                    device,
                    ProgressBar.of((double) at.iteration() / at.iterations(), 12),
                    at.trial(),
                    at.iteration(),
                    at.iterations(),
                    at.accuracyPercent()
                        .map(a -> String.format(Locale.ROOT, "  validation %.2f %%", a))
                        .orElse("")))
        .orElse(String.format(Locale.ROOT, "%-6s idle", device));
  }
}
