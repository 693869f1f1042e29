package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.actors.DataShelf;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineRule;
import io.tombola.training.engine.Engines;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.Starts;
import io.tombola.training.start.TicketStart;
import java.nio.file.Path;
import java.util.Map;

/**
 * How fast one slot trains a campaign's dense network on its data, measured in seconds.
 *
 * @param millisPerIteration one optimizer step
 * @param millisPerEvaluation all validation and test examples once
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Pace(double millisPerIteration, double millisPerEvaluation) {

  private static final int EXAMPLES = 500;
  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final long MEASURE_NANOS = 2_000_000_000L;

  /** Something to be timed. */
  private interface Work {
    void once();
  }

  /**
   * Trains some iterations and measures some examples.
   *
   * @throws io.tombola.training.data.BadDataException if the data cannot be read
   */
  static Pace measure(CampaignSpec spec, Engines engines) {
    CampaignSpec part = withFewValidationExamples(spec);
    DataSplits splits = cached().splits(part, 1);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession session = engine.open(session(part, splits))) {
      double iteration = millisEach(() -> session.advance(1));
      double evaluation = millisEach(() -> session.evaluate(splits.validation()));
      double perExample = evaluation / splits.validation().size();
      int examples = spec.dataset().validationExamples() + splits.test().size();
      return new Pace(iteration, perExample * examples);
    }
  }

  /** What is on this machine; a plan fetches nothing. */
  private static DataShelf cached() {
    Path home = Path.of(System.getProperty("user.home"));
    DataSources sources =
        new DataSources(DataSources.cacheOf(System.getenv(), home), Map.of(), news -> {});
    return new DataShelf(dataset -> Datasets.load(dataset, sources));
  }

  private static SessionSpec session(CampaignSpec spec, DataSplits splits) {
    TicketStart start = Starts.initial(spec, 1);
    return new SessionSpec(
        spec.training(),
        splits,
        new TrainingPosition(0, start.theta0(), OptimizerState.FRESH),
        start.mask(),
        new DataOrder(new Seeds(spec.seed(), 1), 0),
        LearningRates.of(spec.training().optimizer()),
        EngineRule.STANDARD.choose(spec.training().engine(), start.mask().network(), start.mask()));
  }

  private static double millisEach(Work work) {
    repeat(work, WARM_UP_NANOS);
    long begin = System.nanoTime();
    int times = repeat(work, MEASURE_NANOS);
    return (System.nanoTime() - begin) / 1e6 / times;
  }

  private static int repeat(Work work, long nanos) {
    long begin = System.nanoTime();
    int times = 0;
    do {
      work.once();
      times++;
    } while (System.nanoTime() - begin < nanos);
    return times;
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
