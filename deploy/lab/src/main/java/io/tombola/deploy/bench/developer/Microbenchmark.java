package io.tombola.deploy.bench.developer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.engines.EngineTargets;
import io.tombola.deploy.bench.engines.PeakKernels;
import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.CpuStopwatch;
import io.tombola.deploy.bench.measure.InterleavedBenchmark;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.training.Checkpoint;
import io.tombola.training.LearningCurve;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.sparse.SparseStepProfile;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * One operation of a training of LeNet-300-100, or of its preparation.
 *
 * @param seconds CPU time of one operation
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Microbenchmark(String name, TimingSummary seconds) {

  private static final double DENSITY = 0.21;
  private static final int EPOCH = 55_000;

  /** An operation; {@code work} receives how often it ran before in its window. */
  private record Operation(String name, IntConsumer work) implements BenchmarkTarget {

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

  /** Measures all operations in one interleaved benchmark. */
  public static List<Microbenchmark> measure(
      BenchmarkEnvironment environment,
      InterleavedBenchmark benchmark,
      PeakKernels peaks,
      EngineTargets engines) {
    BenchmarkNetwork network = new BenchmarkNetwork("lenet-300-100", DENSITY, environment.seed());
    DataSplits splits = environment.data().splits(network);
    List<BenchmarkTarget> operations = new ArrayList<>(peaks.computing());
    operations.add(gatherBatch(splits.train(), network));
    operations.addAll(aroundTraining(network));
    operations.addAll(sessions(engines, network, splits));
    operations.addAll(stepsByPart(network, splits));
    Map<String, InterleavedBenchmark.Sample> samples = benchmark.run("kernel", operations);
    return operations.stream()
        .map(
            operation ->
                new Microbenchmark(
                    operation.name(), InterleavedBenchmark.Sample.of(operation, samples).cpu()))
        .toList();
  }

  private static BenchmarkTarget gatherBatch(Split train, BenchmarkNetwork network) {
    int values = network.architecture().inputs();
    float[] batch = new float[BenchmarkNetwork.BATCH * values];
    return new Operation(
        "gather a batch of " + BenchmarkNetwork.BATCH,
        i -> {
          for (int example = 0; example < BenchmarkNetwork.BATCH; example++) {
            int position = Math.floorMod(i * BenchmarkNetwork.BATCH + example, train.size());
            train.gather(position, batch, example * values);
          }
        });
  }

  private static List<BenchmarkTarget> aroundTraining(BenchmarkNetwork network) {
    Seeds seeds = new Seeds(network.seed(), 1);
    Mask mask = network.mask();
    Weights weights = GlorotNormal.draw(network.architecture(), seeds.stream("initialisation"));
    byte[] encodedMask = mask.encode();
    Checkpoint checkpoint = checkpoint(weights);
    byte[] encodedCheckpoint = checkpoint.encode();
    return List.of(
        new Operation(
            "order of an epoch of %,d examples".formatted(EPOCH), i -> seeds.dataOrder(i, EPOCH)),
        new Operation("apply a mask to weights", i -> mask.apply(weights)),
        new Operation("read a mask", i -> Mask.decode(encodedMask)),
        new Operation("bytes of a checkpoint", i -> checkpoint.encode()),
        new Operation("read a checkpoint", i -> Checkpoint.decode(encodedCheckpoint)));
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

  private static List<BenchmarkTarget> sessions(
      EngineTargets engines, BenchmarkNetwork network, DataSplits splits) {
    List<BenchmarkTarget> operations = new ArrayList<>();
    for (EngineName engine : engines.engines()) {
      SessionSpec spec = EngineTargets.session(engine, network, splits);
      operations.add(
          new Operation(
              "open and close a session of " + engine,
              i -> {
                try (TrainingSession session = engines.open(spec)) {
                  session.iteration();
                }
              }));
    }
    return operations;
  }

  private static List<BenchmarkTarget> stepsByPart(BenchmarkNetwork network, DataSplits splits) {
    List<BenchmarkTarget> operations = new ArrayList<>();
    SparseStepProfile.of(EngineTargets.session(EngineName.SPARSE, network, splits))
        .forEach(
            (name, part) ->
                operations.add(
                    new Operation("%s: %s".formatted(EngineName.SPARSE, name), i -> part.run())));
    return operations;
  }

  /** Results for people. */
  public static CaptionedTable table(List<Microbenchmark> benchmarks) {
    return new CaptionedTable(
        "Parts of a training of LeNet-300-100, at %.0f %%".formatted(100 * DENSITY),
        List.of("what", "ms, best", "ms, median"),
        1,
        benchmarks.stream()
            .map(
                benchmark ->
                    List.of(
                        benchmark.name(),
                        NumberText.milliseconds(benchmark.seconds().minimum()),
                        NumberText.milliseconds(benchmark.seconds().median())))
            .toList(),
        List.of());
  }
}
