package io.tombola.deploy.cli;

import io.tombola.actors.DatasetCache;
import io.tombola.deploy.run.RoundCost;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.RandomMask;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.StartingPoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Measures paces by training and evaluating for some seconds, on masks drawn at random. All that is
 * measured takes turns, so that Java has compiled it when most of it is timed.
 */
final class ThroughputProbe {

  private static final int EXAMPLES = 500;
  private static final long NANOS = 6_500_000_000L;
  private static final long TURN_NANOS = 50_000_000L;

  private final CampaignSpec spec;
  private final DataSplits splits;
  private final int examples;

  private ThroughputProbe(CampaignSpec spec) {
    this.spec = spec;
    this.splits = cached().splits(withFewValidationExamples(spec), 1);
    this.examples =
        spec.dataset().validationExamples()
            + (int) Math.round(TrainingLoad.testShare(spec) * splits.test().size());
  }

  /**
   * The pace of every round of a campaign; measures those that tell the others.
   *
   * @throws io.tombola.training.data.BadDataException if the data cannot be read
   */
  static List<Throughput> measure(CampaignSpec spec, Engines engines) {
    List<RoundCost> rounds = RoundCost.of(spec);
    ThroughputProbe meter = new ThroughputProbe(spec);
    try (Engine engine = engines.open(engines.devices().get(0))) {
      return Throughput.ofRounds(rounds, meter.measure(engine, rounds));
    }
  }

  private NavigableMap<Integer, Throughput> measure(Engine engine, List<RoundCost> rounds) {
    List<TrainingSession> sessions = new ArrayList<>();
    Map<Integer, Timed> iterations = new TreeMap<>();
    Map<Integer, Timed> evaluations = new TreeMap<>();
    try {
      for (int round : Throughput.telling(rounds)) {
        TrainingSession session = engine.open(session(rounds.get(round)));
        sessions.add(session);
        iterations.put(round, new Timed(() -> session.advance(1)));
        evaluations.put(round, new Timed(() -> session.evaluate(splits.validation())));
      }
      long begin = System.nanoTime();
      do {
        iterations.values().forEach(Timed::turn);
        evaluations.values().forEach(Timed::turn);
      } while (System.nanoTime() - begin < NANOS);
    } finally {
      sessions.forEach(TrainingSession::close);
    }
    double parts = (double) examples / splits.validation().size();
    NavigableMap<Integer, Throughput> paces = new TreeMap<>();
    iterations.forEach(
        (round, iteration) ->
            paces.put(
                round,
                new Throughput(iteration.millis(), parts * evaluations.get(round).millis())));
    return paces;
  }

  /** Work that is done again and again. */
  private static final class Timed {

    private final Runnable work;
    private final List<Double> turns = new ArrayList<>();

    Timed(Runnable work) {
      this.work = work;
    }

    /** Works for some time, at least once. */
    void turn() {
      long begin = System.nanoTime();
      int times = 0;
      long nanos;
      do {
        work.run();
        times++;
        nanos = System.nanoTime() - begin;
      } while (nanos < TURN_NANOS);
      turns.add(nanos / 1e6 / times);
    }

    /**
     * What once takes in the quicker half of the turns, their median: the others came before the
     * code was compiled, or shared the processor with something else.
     */
    double millis() {
      List<Double> sorted = turns.stream().sorted().toList();
      return sorted.get(sorted.size() / 4);
    }
  }

  /** What is on this machine; a plan fetches nothing. */
  private static DatasetCache cached() {
    Path home = Path.of(System.getProperty("user.home"));
    DataSources sources =
        new DataSources(DataSources.cacheOf(System.getenv(), home), Map.of(), news -> {});
    return new DatasetCache(dataset -> Datasets.load(dataset, sources));
  }

  private SessionSpec session(RoundCost round) {
    Seeds seeds = new Seeds(spec.seed(), 1);
    Mask mask = RandomMask.drawLayers(round.network(), round.density(), seeds.stream("pace-mask"));
    return new SessionSpec(
        spec.training(),
        splits,
        new TrainingPosition(0, StartingPoints.initial(spec, 1).theta0(), OptimizerState.FRESH),
        mask,
        new DataOrder(seeds, 0),
        LearningRates.of(spec.training()),
        round.engine());
  }

  /** Evaluating all of a split could take longer than a plan should. */
  private static CampaignSpec withFewValidationExamples(CampaignSpec spec) {
    DatasetSpec data = spec.dataset();
    return new CampaignSpec(
        spec.name(),
        spec.seed(),
        spec.replicates(),
        new DatasetSpec(
            data.name(),
            data.dir(),
            data.normalization(),
            Math.min(EXAMPLES, data.validationExamples()),
            data.trainExamples(),
            data.testExamples()),
        spec.network(),
        spec.training(),
        spec.pruning(),
        spec.rewind(),
        spec.controls(),
        spec.analysis());
  }
}
