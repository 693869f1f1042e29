package io.tombola.deploy.bench;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.DataSplits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Puts engines, the floor and PyTorch through the same work, by network and density. Confined to
 * one thread.
 */
final class EngineComparisons {

  private final BenchmarkSettings scale;
  private final InterleavedBenchmark race;
  private final PeakKernels yards;
  private final EngineTargets lineup;
  private final Optional<Peer> peer;
  private final BenchData data;
  private final long seed;
  private final Consumer<String> news;

  EngineComparisons(
      BenchmarkSettings scale,
      InterleavedBenchmark race,
      PeakKernels yards,
      EngineTargets lineup,
      Optional<Peer> peer,
      BenchData data,
      long seed,
      Consumer<String> news) {
    this.scale = scale;
    this.race = race;
    this.yards = yards;
    this.lineup = lineup;
    this.peer = peer;
    this.data = data;
    this.seed = seed;
    this.news = news;
  }

  /** What is done at a workload. */
  private interface Work {

    String name();

    BenchmarkTarget of(EngineName engine, BenchmarkNetwork workload, DataSplits splits);

    List<BenchmarkTarget> of(Peer peer, BenchmarkNetwork workload, RawImages images);

    int examples(BenchmarkNetwork workload);

    double flop(BenchmarkNetwork workload);

    double bytes(BenchmarkNetwork workload);
  }

  /** Training steps. */
  List<EngineComparison> training() {
    return all(
        new Work() {
          @Override
          public String name() {
            return "training";
          }

          @Override
          public BenchmarkTarget of(
              EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
            return lineup.training(engine, workload, splits);
          }

          @Override
          public List<BenchmarkTarget> of(Peer peer, BenchmarkNetwork workload, RawImages images) {
            return peer.training(workload, images);
          }

          @Override
          public int examples(BenchmarkNetwork workload) {
            return BenchmarkNetwork.BATCH;
          }

          @Override
          public double flop(BenchmarkNetwork workload) {
            return workload.trainingFlop();
          }

          @Override
          public double bytes(BenchmarkNetwork workload) {
            return workload.optimizerBytes();
          }
        });
  }

  /** Evaluating {@link BenchmarkNetwork#evaluated} examples. */
  List<EngineComparison> evaluation() {
    return all(
        new Work() {
          @Override
          public String name() {
            return "evaluation";
          }

          @Override
          public BenchmarkTarget of(
              EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
            return lineup.evaluation(engine, workload, splits);
          }

          @Override
          public List<BenchmarkTarget> of(Peer peer, BenchmarkNetwork workload, RawImages images) {
            return peer.evaluation(workload, images);
          }

          @Override
          public int examples(BenchmarkNetwork workload) {
            return workload.evaluated();
          }

          @Override
          public double flop(BenchmarkNetwork workload) {
            return workload.evaluated() * workload.evaluationFlop();
          }

          @Override
          public double bytes(BenchmarkNetwork workload) {
            return 0;
          }
        });
  }

  private List<EngineComparison> all(Work work) {
    List<EngineComparison> comparisons = new ArrayList<>();
    for (String network : scale.networks()) {
      for (double density : scale.densities()) {
        EngineComparison comparison = one(work, new BenchmarkNetwork(network, density, seed));
        comparison.headlines(work.name()).forEach(news);
        comparisons.add(comparison);
      }
    }
    return comparisons;
  }

  private EngineComparison one(Work work, BenchmarkNetwork workload) {
    DataSplits splits = data.splits(workload);
    Map<String, String> refused = new LinkedHashMap<>();
    List<BenchmarkTarget> rivals = new ArrayList<>();
    try {
      for (EngineName engine : lineup.engines()) {
        try {
          rivals.add(work.of(engine, workload, splits));
        } catch (InvalidSpecException e) {
          refused.put(engine.toString(), e.getMessage());
        }
      }
      peer.ifPresent(p -> rivals.addAll(work.of(p, workload, data.raw(workload))));
      return compare(work, workload, rivals, refused);
    } finally {
      rivals.forEach(BenchmarkTarget::close);
    }
  }

  private EngineComparison compare(
      Work work,
      BenchmarkNetwork workload,
      List<BenchmarkTarget> rivals,
      Map<String, String> refused) {
    List<BenchmarkTarget> all = new ArrayList<>(yards.computing());
    all.add(yards.cache());
    all.addAll(rivals);
    Map<String, InterleavedBenchmark.Sample> laps =
        race.run(work.name() + " " + workload.preset(), all);
    double compute = fastest(Roofline.rates(yards.computing(), laps));
    double move = fastest(Roofline.rates(List.of(yards.cache()), laps));
    double floorSeconds = work.flop(workload) / compute + work.bytes(workload) / move;
    OptionalDouble peerSeconds =
        laps.containsKey(Peer.NAME)
            ? OptionalDouble.of(laps.get(Peer.NAME).cpu().median())
            : OptionalDouble.empty();
    return new EngineComparison(
        workload.preset(),
        work.examples(workload),
        100 * workload.density(),
        floorSeconds,
        rivals.stream()
            .map(
                r ->
                    EngineComparison.entry(r.name(), laps.get(r.name()), floorSeconds, peerSeconds))
            .toList(),
        refused);
  }

  private static double fastest(List<Rate> rates) {
    return rates.stream().mapToDouble(Rate::perSecond).max().orElseThrow();
  }
}
