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
 * Shows a campaign's progress: a line for each ended trial and, on a terminal, a live line for each
 * device and a progress bar for the campaign. Thread-safe.
 */
final class ProgressDisplay implements ProgressListener, AutoCloseable {

  private static final Duration REDRAW_INTERVAL = Duration.ofMillis(100);
  private static final int BAR_WIDTH = 30;
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String LINE_UP = "\u001b[1A";

  private final PrintWriter out;
  private final boolean live;
  private final CampaignEta eta;
  private final Clock clock;
  private final ActiveTime activeTime;
  private Instant drawn = Instant.MIN;
  private int drawnLines;

  /**
   * Shows progress.
   *
   * @param eta receives each progress update before this display does
   * @param live whether {@code out} is a terminal that can move its cursor
   */
  ProgressDisplay(PrintWriter out, boolean live, CampaignEta eta, Clock clock) {
    this.out = out;
    this.live = live;
    this.eta = eta;
    this.clock = clock;
    this.activeTime = new ActiveTime(clock);
  }

  @Override
  public synchronized void on(Progress progress) {
    activeTime.on(progress);
    if (progress instanceof Progress.TrialEnded end) {
      print(TrialLine.of(end.record()) + counts());
    } else if (progress instanceof Progress.Retrying retry) {
      print(
          String.format(
              Locale.ROOT,
              "%s failed (%s); retrying in %d s",
              retry.step(),
              retry.failure().message(),
              retry.pause().toSeconds()));
    } else if (progress instanceof Progress.DeviceUnfit unfit) {
      print(
          String.format(
              Locale.ROOT,
              "%s is not usable (%s); probing it again in %d s",
              unfit.device(),
              unfit.why().message(),
              unfit.rest().toSeconds()));
    } else if (progress instanceof Progress.TrainerEnded end) {
      print("the trainer of " + end.device() + " " + end.how());
    } else if (progress instanceof Progress.CampaignPaused pause) {
      print("paused; resume with 'tombola resume " + pause.campaign() + "'");
    } else if (progress instanceof Progress.CampaignResumed) {
      print("resumed");
    }
    redraw(progress instanceof Progress.TrialEnded || progress instanceof Progress.CampaignPaused);
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

  private String counts() {
    return String.format(
        Locale.ROOT, "  (%d of %d%s)", eta.ended(), eta.trials(), live ? "" : etaText());
  }

  private String etaText() {
    Optional<Duration> left = eta.remaining(activeTime.elapsed());
    return eta.ended() == eta.trials()
        ? ""
        : left.map(duration -> ", ETA " + DurationText.text(duration)).orElse("");
  }

  private void redraw(boolean now) {
    Instant at = clock.instant();
    if (!live || (!now && at.isBefore(drawn.plus(REDRAW_INTERVAL)))) {
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
    eta.devices().forEach((device, work) -> lines.add(deviceLine(device, work)));
    double fraction = eta.fraction();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %3.0f %%  %d of %d trials%s",
            ProgressBar.of(fraction, BAR_WIDTH),
            Math.floor(100 * fraction),
            eta.ended(),
            eta.trials(),
            etaText()));
    return lines;
  }

  private static String deviceLine(String device, Optional<CampaignEta.CurrentTraining> work) {
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
