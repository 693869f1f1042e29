package io.tombola.deploy.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param windowSeconds processor time that a window is to take
 * @param windows of each contender
 * @param warmUpSeconds processor time before the first window
 * @param networks presets that engines are compared on
 * @param densities surviving parts of the weights, first the dense network
 * @param campaign how long the campaign is
 */
public record BenchmarkSettings(
    double windowSeconds,
    int windows,
    double warmUpSeconds,
    List<String> networks,
    List<Double> densities,
    CampaignScale campaign) {

  /**
   * How long the shortened campaign is.
   *
   * @param rounds times that weights are removed, on the way to the paper's last density
   * @param iterations of a training; a second campaign has {@code factor} times as many
   * @param factor at least 2
   * @param checkpointEvery iterations between checkpoints
   * @param evaluateEvery iterations between evaluations
   * @param turns trainings whose beginnings are timed
   */
  public record CampaignScale(
      int rounds, int iterations, int factor, int checkpointEvery, int evaluateEvery, int turns) {}

  /** About 20 minutes. */
  public static final BenchmarkSettings FULL =
      new BenchmarkSettings(
          0.3,
          9,
          2,
          List.of("lenet-300-100", "conv-2", "conv-6"),
          List.of(1.0, 0.51, 0.21, 0.10, 0.036, 0.01),
          new CampaignScale(6, 10_000, 3, 10_000, 100, 40));

  /** A few minutes. */
  public static final BenchmarkSettings QUICK =
      new BenchmarkSettings(
          0.1,
          5,
          0.5,
          List.of("lenet-300-100", "conv-2"),
          List.of(1.0, 0.10, 0.01),
          new CampaignScale(2, 1000, 2, 1000, 100, 12));

  /** The same on other networks. */
  public BenchmarkSettings on(List<String> others) {
    return new BenchmarkSettings(
        windowSeconds, windows, warmUpSeconds, others, densities, campaign);
  }
}
