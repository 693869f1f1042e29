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
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.device.Engines;
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
 * Measures iteration times by training and evaluating for some seconds with random masks. The
 * measured operations alternate, so that Java has compiled all of them before most samples are
 * taken.
 */
final class IterationTimeProbe {

  private static final int EXAMPLES = 500;
  private static final long NANOS = 6_500_000_000L;
  private static final long TURN_NANOS = 50_000_000L;

  private final CampaignSpec spec;
  private final DataSplits splits;
  private final int examples;

  private IterationTimeProbe(CampaignSpec spec) {
    this.spec = spec;
    this.splits = cached().splits(withFewValidationExamples(spec), 1);
    this.examples =
        spec.dataset().validationExamples()
            + (int) Math.round(TrainingLoad.testShare(spec) * splits.test().size());
  }

  /**
   * The times of every round of a campaign; measures some rounds and interpolates the others.
   *
   * @throws io.tombola.training.data.BadDataException if the data cannot be read
   */
  static List<IterationTime> measure(CampaignSpec spec, Engines engines) {
    List<RoundCost> rounds = RoundCost.of(spec);
    IterationTimeProbe probe = new IterationTimeProbe(spec);
    try (Engine engine = engines.open(engines.devices().get(0))) {
      return IterationTime.ofRounds(rounds, probe.measure(engine, rounds));
    }
  }

  private NavigableMap<Integer, IterationTime> measure(Engine engine, List<RoundCost> rounds) {
    List<TrainingSession> sessions = new ArrayList<>();
    Map<Integer, TimedRound> timed = new TreeMap<>();
    try {
      for (int round : IterationTime.measuredRounds(rounds)) {
        TrainingSession session = engine.open(session(rounds.get(round)));
        sessions.add(session);
        timed.put(
            round,
            new TimedRound(
                new Timed(() -> session.advance(1)),
                new Timed(() -> session.evaluate(splits.validation()))));
      }
      long begin = System.nanoTime();
      do {
        timed.values().forEach(of -> of.iteration().turn());
        timed.values().forEach(of -> of.evaluation().turn());
      } while (System.nanoTime() - begin < NANOS);
    } finally {
      sessions.forEach(TrainingSession::close);
    }
    double parts = (double) examples / splits.validation().size();
    NavigableMap<Integer, IterationTime> times = new TreeMap<>();
    timed.forEach(
        (round, of) ->
            times.put(
                round,
                new IterationTime(of.iteration().millis(), parts * of.evaluation().millis())));
    return times;
  }

  /** The two operations that are timed for a round. */
  private record TimedRound(Timed iteration, Timed evaluation) {}

  /** An operation that is repeated and timed. */
  private static final class Timed {

    private final Runnable work;
    private final List<Double> turns = new ArrayList<>();

    Timed(Runnable work) {
      this.work = work;
    }

    /** Repeats the operation for one turn, at least once. */
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
     * The time of one repetition: the median of the faster half of the turns. The slower half ran
     * before the code was compiled, or shared the processor with other work.
     */
    double millis() {
      List<Double> sorted = turns.stream().sorted().toList();
      return sorted.get(sorted.size() / 4);
    }
  }

  /** Data that is on this machine already; a plan downloads nothing. */
  private static DatasetCache cached() {
    Path home = Path.of(System.getProperty("user.home"));
    DataSources sources =
        new DataSources(DataSources.cacheOf(System.getenv(), home), Map.of(), progress -> {});
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

  /** Limits the validation examples, so that a plan takes seconds only. */
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
