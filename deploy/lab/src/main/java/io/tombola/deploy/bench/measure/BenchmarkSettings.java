package io.tombola.deploy.bench.measure;

import java.util.List;

/**
 * How much is measured.
 *
 * @param windowSeconds CPU time that a window should take
 * @param windows of each target
 * @param warmUpSeconds CPU time of each target before its first window
 * @param networks presets that engines are compared on
 * @param densities fractions of the weights that remain, the dense network first
 * @param campaign the size of the shortened campaign
 */
public record BenchmarkSettings(
    double windowSeconds,
    int windows,
    double warmUpSeconds,
    List<String> networks,
    List<Double> densities,
    CampaignScale campaign) {

  /**
   * The size of the shortened campaign.
   *
   * @param rounds pruning rounds, down to the paper's last density
   * @param iterations of a training; a second campaign has {@code factor} times as many
   * @param factor at least 2
   * @param checkpointEvery iterations between checkpoints
   * @param evaluateEvery iterations between evaluations
   * @param turns trials whose starts are timed
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

  /** These settings with other networks. */
  public BenchmarkSettings withNetworks(List<String> others) {
    return new BenchmarkSettings(
        windowSeconds, windows, warmUpSeconds, others, densities, campaign);
  }
}
