package io.tombola.deploy.bench.engines;

import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.InterleavedBenchmark;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.training.data.DataSplits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares engines, the roofline and PyTorch at the same operation, by network and density.
 * Confined to one thread.
 */
public final class EngineComparisons {

  private final BenchmarkEnvironment environment;
  private final InterleavedBenchmark benchmark;
  private final PeakKernels peaks;
  private final EngineTargets engines;

  /** Comparisons of these engines. */
  public EngineComparisons(
      BenchmarkEnvironment environment,
      InterleavedBenchmark benchmark,
      PeakKernels peaks,
      EngineTargets engines) {
    this.environment = environment;
    this.benchmark = benchmark;
    this.peaks = peaks;
    this.engines = engines;
  }

  /** What is compared. */
  private interface Operation {

    String name();

    BenchmarkTarget of(EngineName engine, BenchmarkNetwork network, DataSplits splits);

    List<BenchmarkTarget> of(PyTorchBaseline pytorch, BenchmarkNetwork network, RawImages images);

    int examples(BenchmarkNetwork network);

    double flop(BenchmarkNetwork network);

    double bytes(BenchmarkNetwork network);
  }

  /** Compares training steps. */
  public List<EngineComparison> training(Optional<PyTorchBaseline> pytorch) {
    return compareAll(new Training(), pytorch);
  }

  /** Compares evaluations of {@link BenchmarkNetwork#evaluated} examples. */
  public List<EngineComparison> evaluation(Optional<PyTorchBaseline> pytorch) {
    return compareAll(new Evaluation(), pytorch);
  }

  private final class Training implements Operation {

    @Override
    public String name() {
      return "training";
    }

    @Override
    public BenchmarkTarget of(EngineName engine, BenchmarkNetwork network, DataSplits splits) {
      return engines.training(engine, network, splits);
    }

    @Override
    public List<BenchmarkTarget> of(
        PyTorchBaseline pytorch, BenchmarkNetwork network, RawImages images) {
      return pytorch.training(network, images);
    }

    @Override
    public int examples(BenchmarkNetwork network) {
      return BenchmarkNetwork.BATCH;
    }

    @Override
    public double flop(BenchmarkNetwork network) {
      return network.trainingFlop();
    }

    @Override
    public double bytes(BenchmarkNetwork network) {
      return network.optimizerBytes();
    }
  }

  private final class Evaluation implements Operation {

    @Override
    public String name() {
      return "evaluation";
    }

    @Override
    public BenchmarkTarget of(EngineName engine, BenchmarkNetwork network, DataSplits splits) {
      return engines.evaluation(engine, network, splits);
    }

    @Override
    public List<BenchmarkTarget> of(
        PyTorchBaseline pytorch, BenchmarkNetwork network, RawImages images) {
      return pytorch.evaluation(network, images);
    }

    @Override
    public int examples(BenchmarkNetwork network) {
      return network.evaluated();
    }

    @Override
    public double flop(BenchmarkNetwork network) {
      return network.evaluated() * network.evaluationFlop();
    }

    @Override
    public double bytes(BenchmarkNetwork network) {
      return 0;
    }
  }

  private List<EngineComparison> compareAll(
      Operation operation, Optional<PyTorchBaseline> pytorch) {
    List<EngineComparison> comparisons = new ArrayList<>();
    for (String preset : environment.settings().networks()) {
      for (double density : environment.settings().densities()) {
        BenchmarkNetwork network = new BenchmarkNetwork(preset, density, environment.seed());
        EngineComparison comparison = compare(operation, network, pytorch);
        comparison.headlines(operation.name()).forEach(environment.progress());
        comparisons.add(comparison);
      }
    }
    return comparisons;
  }

  private EngineComparison compare(
      Operation operation, BenchmarkNetwork network, Optional<PyTorchBaseline> pytorch) {
    DataSplits splits = environment.data().splits(network);
    Map<String, String> refused = new LinkedHashMap<>();
    List<BenchmarkTarget> targets = new ArrayList<>();
    try {
      for (EngineName engine : engines.engines()) {
        try {
          targets.add(operation.of(engine, network, splits));
        } catch (InvalidSpecException e) {
          refused.put(engine.toString(), ExceptionMessage.of(e));
        }
      }
      pytorch.ifPresent(
          p -> targets.addAll(operation.of(p, network, environment.data().raw(network))));
      return compare(operation, network, targets, refused);
    } finally {
      targets.forEach(BenchmarkTarget::close);
    }
  }

  private EngineComparison compare(
      Operation operation,
      BenchmarkNetwork network,
      List<BenchmarkTarget> targets,
      Map<String, String> refused) {
    List<BenchmarkTarget> all = new ArrayList<>(peaks.computing());
    all.add(peaks.cache());
    all.addAll(targets);
    Map<String, InterleavedBenchmark.Sample> samples =
        benchmark.run(operation.name() + " " + network.preset(), all);
    double flopPerSecond = fastest(Roofline.rates(peaks.computing(), samples));
    double bytesPerSecond = fastest(Roofline.rates(List.of(peaks.cache()), samples));
    double floorSeconds =
        operation.flop(network) / flopPerSecond + operation.bytes(network) / bytesPerSecond;
    OptionalDouble pytorchSeconds =
        samples.containsKey(PyTorchBaseline.NAME)
            ? OptionalDouble.of(samples.get(PyTorchBaseline.NAME).cpu().median())
            : OptionalDouble.empty();
    return new EngineComparison(
        network.preset(),
        operation.examples(network),
        100 * network.density(),
        floorSeconds,
        targets.stream()
            .map(
                target ->
                    EngineComparison.entry(
                        target.name(),
                        InterleavedBenchmark.Sample.of(target, samples),
                        floorSeconds,
                        pytorchSeconds))
            .toList(),
        refused);
  }

  private static double fastest(List<KernelThroughput> rates) {
    return rates.stream().mapToDouble(KernelThroughput::perSecond).max().orElseThrow();
  }
}
