package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.training.Checkpoint;
import io.tombola.training.LearningCurve;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.StepProfile;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.IntConsumer;

/**
 * Pieces of a training of LeNet-300-100, and of work around it.
 *
 * @param seconds processor time of doing it once
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Microbenchmark(String name, TimingSummary seconds) {

  private static final double DENSITY = 0.21;
  private static final int EPOCH = 55_000;

  /** One piece; {@code work} is given how often it was done before. */
  private record Piece(String name, IntConsumer work) implements BenchmarkTarget {

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.time(
          units,
          () -> {
            for (int i = 0; i < units; i++) {
              work.accept(i);
            }
          });
    }
  }

  static List<Microbenchmark> measure(
      InterleavedBenchmark race,
      PeakKernels yards,
      EngineTargets lineup,
      BenchData data,
      long seed) {
    BenchmarkNetwork workload = new BenchmarkNetwork("lenet-300-100", DENSITY, seed);
    DataSplits splits = data.splits(workload);
    List<BenchmarkTarget> pieces = new ArrayList<>(yards.computing());
    pieces.add(gather(splits.train(), workload));
    Seeds seeds = new Seeds(seed, 1);
    pieces.add(
        new Piece(
            "order of an epoch of %,d examples".formatted(EPOCH), i -> seeds.dataOrder(i, EPOCH)));
    Mask mask = workload.mask();
    Weights weights = GlorotNormal.draw(workload.network(), seeds.stream("initialisation"));
    pieces.add(new Piece("lay a mask over weights", i -> mask.apply(weights)));
    byte[] stored = mask.encode();
    pieces.add(new Piece("read a mask", i -> Mask.decode(stored)));
    Checkpoint checkpoint = checkpoint(weights);
    pieces.add(new Piece("bytes of a checkpoint", i -> checkpoint.encode()));
    byte[] saved = checkpoint.encode();
    pieces.add(new Piece("read a checkpoint", i -> Checkpoint.decode(saved)));
    for (EngineName engine : lineup.engines()) {
      SessionSpec session = EngineTargets.session(engine, workload, splits);
      pieces.add(
          new Piece(
              "open and close a session of " + engine,
              i -> {
                try (TrainingSession opened = lineup.open(session)) {
                  opened.iteration();
                }
              }));
    }
    for (StepProfile step : ServiceLoader.load(StepProfile.class)) {
      SessionSpec session = EngineTargets.session(step.engine(), workload, splits);
      step.of(session)
          .forEach(
              (name, part) ->
                  pieces.add(new Piece("%s: %s".formatted(step.engine(), name), i -> part.run())));
    }
    Map<String, InterleavedBenchmark.Sample> laps = race.run("kernel", pieces);
    return pieces.stream()
        .map(piece -> new Microbenchmark(piece.name(), laps.get(piece.name()).cpu()))
        .toList();
  }

  private static BenchmarkTarget gather(Split train, BenchmarkNetwork workload) {
    int values = workload.network().inputs();
    float[] batch = new float[BenchmarkNetwork.BATCH * values];
    return new Piece(
        "gather a batch of " + BenchmarkNetwork.BATCH,
        i -> {
          for (int example = 0; example < BenchmarkNetwork.BATCH; example++) {
            int position = Math.floorMod(i * BenchmarkNetwork.BATCH + example, train.size());
            train.gather(position, batch, example * values);
          }
        });
  }

  private static Checkpoint checkpoint(Weights weights) {
    OptimizerState moments = new OptimizerState(1, List.of(weights.toArray(), weights.toArray()));
    return new Checkpoint(
        new TrialId("bench", 1, 0, Arm.TICKET),
        new TrainingPosition(1, weights, moments),
        0,
        LearningCurve.EMPTY,
        Optional.empty());
  }

  static BenchmarkTable table(List<Microbenchmark> kernels) {
    return new BenchmarkTable(
        "Pieces of a training of LeNet-300-100, at %.0f %%".formatted(100 * DENSITY),
        List.of("what", "ms, best", "ms, median"),
        1,
        kernels.stream()
            .map(
                kernel ->
                    List.of(
                        kernel.name(),
                        BenchmarkTable.millis(kernel.seconds().minimum()),
                        BenchmarkTable.millis(kernel.seconds().median())))
            .toList(),
        List.of());
  }
}
