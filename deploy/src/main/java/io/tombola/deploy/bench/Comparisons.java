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
final class Comparisons {

  private final Scale scale;
  private final Race race;
  private final Yards yards;
  private final Lineup lineup;
  private final Optional<Peer> peer;
  private final BenchData data;
  private final long seed;
  private final Consumer<String> news;

  Comparisons(
      Scale scale,
      Race race,
      Yards yards,
      Lineup lineup,
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

    Contender of(EngineName engine, Workload workload, DataSplits splits);

    List<Contender> of(Peer peer, Workload workload, RawImages images);

    int examples(Workload workload);

    double flop(Workload workload);

    double bytes(Workload workload);
  }

  /** Training steps. */
  List<Comparison> training() {
    return all(
        new Work() {
          @Override
          public String name() {
            return "training";
          }

          @Override
          public Contender of(EngineName engine, Workload workload, DataSplits splits) {
            return lineup.training(engine, workload, splits);
          }

          @Override
          public List<Contender> of(Peer peer, Workload workload, RawImages images) {
            return peer.training(workload, images);
          }

          @Override
          public int examples(Workload workload) {
            return Workload.BATCH;
          }

          @Override
          public double flop(Workload workload) {
            return workload.trainingFlop();
          }

          @Override
          public double bytes(Workload workload) {
            return workload.optimizerBytes();
          }
        });
  }

  /** Evaluating {@link Workload#evaluated} examples. */
  List<Comparison> evaluation() {
    return all(
        new Work() {
          @Override
          public String name() {
            return "evaluation";
          }

          @Override
          public Contender of(EngineName engine, Workload workload, DataSplits splits) {
            return lineup.evaluation(engine, workload, splits);
          }

          @Override
          public List<Contender> of(Peer peer, Workload workload, RawImages images) {
            return peer.evaluation(workload, images);
          }

          @Override
          public int examples(Workload workload) {
            return workload.evaluated();
          }

          @Override
          public double flop(Workload workload) {
            return workload.evaluated() * workload.evaluationFlop();
          }

          @Override
          public double bytes(Workload workload) {
            return 0;
          }
        });
  }

  private List<Comparison> all(Work work) {
    List<Comparison> comparisons = new ArrayList<>();
    for (String network : scale.networks()) {
      for (double density : scale.densities()) {
        Comparison comparison = one(work, new Workload(network, density, seed));
        comparison.headlines(work.name()).forEach(news);
        comparisons.add(comparison);
      }
    }
    return comparisons;
  }

  private Comparison one(Work work, Workload workload) {
    DataSplits splits = data.splits(workload);
    Map<String, String> refused = new LinkedHashMap<>();
    List<Contender> rivals = new ArrayList<>();
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
      rivals.forEach(Contender::close);
    }
  }

  private Comparison compare(
      Work work, Workload workload, List<Contender> rivals, Map<String, String> refused) {
    List<Contender> all = new ArrayList<>(yards.computing());
    all.add(yards.cache());
    all.addAll(rivals);
    Map<String, Race.Lap> laps = race.run(work.name() + " " + workload.preset(), all);
    double compute = fastest(Floor.rates(yards.computing(), laps));
    double move = fastest(Floor.rates(List.of(yards.cache()), laps));
    double floorSeconds = work.flop(workload) / compute + work.bytes(workload) / move;
    OptionalDouble peerSeconds =
        laps.containsKey(Peer.NAME)
            ? OptionalDouble.of(laps.get(Peer.NAME).cpu().median())
            : OptionalDouble.empty();
    return new Comparison(
        workload.preset(),
        work.examples(workload),
        100 * workload.density(),
        floorSeconds,
        rivals.stream()
            .map(r -> Comparison.entry(r.name(), laps.get(r.name()), floorSeconds, peerSeconds))
            .toList(),
        refused);
  }

  private static double fastest(List<Rate> rates) {
    return rates.stream().mapToDouble(Rate::perSecond).max().orElseThrow();
  }
}
