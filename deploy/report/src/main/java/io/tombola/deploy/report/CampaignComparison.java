package io.tombola.deploy.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.config.CampaignSettings;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares campaigns, round by round.
 *
 * @param campaigns their labels, all different
 * @param settings in which they differ, in the order of a campaign file
 * @param rounds by falling Pm
 */
public record CampaignComparison(
    List<String> campaigns, List<Setting> settings, List<Level> rounds) {

  /** A campaign and what it found; the label is what people call it here. */
  public record Entry(String label, Findings findings) {

    CampaignSpec spec() {
      return findings.campaign().spec().orElseThrow();
    }
  }

  /** A setting that is not the same in all campaigns; {@code none} where one has no such. */
  public record Setting(String key, List<String> values) {}

  /**
   * Rounds with nearly the same density, at most one of each campaign.
   *
   * @param remainingPercent Pm of the first campaign that has such a round
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Level(double remainingPercent, List<Cell> arms) {}

  /** One arm of one campaign. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Cell(String campaign, String arm, @JsonIgnore ArmSummary summary) {

    /** Its round. */
    @JsonProperty
    public int round() {
      return summary.round();
    }

    /** Its Pm. */
    @JsonProperty
    public double remainingPercent() {
      return summary.remainingPercent();
    }

    /** Its early stop. */
    @JsonProperty
    public SummaryStats earlyStopIteration() {
      return summary.earlyStopIteration();
    }

    /** Its accuracy. */
    @JsonProperty
    public SummaryStats earlyStopTestAccuracyPercent() {
      return summary.earlyStopTestAccuracyPercent();
    }

    /** Trainings whose early stop is only a lower bound. */
    @JsonProperty
    public long stoppedAtTheEnd() {
      return summary.stoppedAtTheEnd();
    }
  }

  /** The largest ratio of two Pm on one level. */
  private static final double TOLERANCE = 1.12;

  private static final List<Arm.Kind> KINDS = List.of(Arm.Kind.TICKET, Arm.Kind.REINIT);

  /** These say nothing about the question that a campaign asks. */
  private static final Set<String> NOT_COMPARED = Set.of("name", "dataset.dir");

  /** Compares tickets and reinits. */
  public static CampaignComparison of(List<Entry> entries) {
    return new CampaignComparison(
        entries.stream().map(Entry::label).toList(), settings(entries), levels(entries));
  }

  private static List<Setting> settings(List<Entry> entries) {
    List<Map<String, String>> all =
        entries.stream().map(e -> CampaignSettings.of(e.spec())).toList();
    Set<String> keys = new LinkedHashSet<>();
    all.forEach(settings -> keys.addAll(settings.keySet()));
    keys.removeAll(NOT_COMPARED);
    return keys.stream()
        .map(key -> new Setting(key, all.stream().map(s -> s.getOrDefault(key, "none")).toList()))
        .filter(setting -> setting.values().stream().distinct().count() > 1)
        .toList();
  }

  /**
   * A round joins the nearest level that has no round of its campaign yet, or starts a new level.
   */
  private static List<Level> levels(List<Entry> entries) {
    List<Level> levels = new ArrayList<>();
    for (Entry entry : entries) {
      for (ChartData.Round round : ChartData.rounds(entry.findings())) {
        List<Cell> cells = cells(entry, round.round());
        Optional<Level> near =
            levels.stream()
                .filter(level -> distance(level, round) <= Math.log(TOLERANCE))
                .filter(r -> r.arms().stream().noneMatch(c -> c.campaign().equals(entry.label())))
                .min(Comparator.comparingDouble(level -> distance(level, round)));
        near.ifPresent(levels::remove);
        levels.add(
            near.map(
                    level ->
                        new Level(
                            level.remainingPercent(),
                            Stream.concat(level.arms().stream(), cells.stream()).toList()))
                .orElseGet(() -> new Level(round.remainingPercent(), cells)));
      }
    }
    return levels.stream()
        .sorted(Comparator.comparingDouble(Level::remainingPercent).reversed())
        .toList();
  }

  private static double distance(Level level, ChartData.Round round) {
    return Math.abs(Math.log(level.remainingPercent() / round.remainingPercent()));
  }

  private static List<Cell> cells(Entry entry, int round) {
    return KINDS.stream()
        .flatMap(kind -> entry.findings().summary(round, kind).stream())
        .map(summary -> new Cell(entry.label(), summary.name(), summary))
        .toList();
  }
}
