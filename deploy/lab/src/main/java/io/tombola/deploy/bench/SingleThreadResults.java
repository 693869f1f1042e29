package io.tombola.deploy.bench;

import io.tombola.deploy.bench.developer.Microbenchmark;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.engines.EngineComparison;
import io.tombola.deploy.bench.engines.EngineComparisons;
import io.tombola.deploy.bench.engines.EngineTargets;
import io.tombola.deploy.bench.engines.PeakKernels;
import io.tombola.deploy.bench.engines.PyTorchBaseline;
import io.tombola.deploy.bench.engines.Roofline;
import io.tombola.deploy.bench.measure.InterleavedBenchmark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sections that measure one thread, which share warm-up and opened engines. Sections that were
 * not requested are empty.
 */
record SingleThreadResults(
    Optional<Roofline> floor,
    List<EngineComparison> engines,
    List<EngineComparison> evaluation,
    List<Microbenchmark> kernels) {

  /** Measures the requested sections on the calling thread. */
  static SingleThreadResults measure(
      Set<BenchmarkSection> sections,
      BenchmarkEnvironment environment,
      Optional<PyTorchBaseline> pytorch) {
    InterleavedBenchmark benchmark =
        new InterleavedBenchmark(environment.settings(), environment.cancellation());
    try (PeakKernels peaks = new PeakKernels();
        EngineTargets engines = new EngineTargets()) {
      Optional<Roofline> floor =
          sections.contains(BenchmarkSection.FLOOR)
              ? Optional.of(Roofline.measure(benchmark, peaks))
              : Optional.empty();
      // Before other networks, whose type profiles make the JIT compiler's code for LeNet slower.
      List<Microbenchmark> kernels =
          sections.contains(BenchmarkSection.KERNELS)
              ? Microbenchmark.measure(environment, benchmark, peaks, engines)
              : List.of();
      EngineComparisons comparisons = new EngineComparisons(environment, benchmark, peaks, engines);
      List<EngineComparison> training =
          sections.contains(BenchmarkSection.ENGINES) ? comparisons.training(pytorch) : List.of();
      List<EngineComparison> evaluation =
          sections.contains(BenchmarkSection.EVALUATION)
              ? comparisons.evaluation(pytorch)
              : List.of();
      return new SingleThreadResults(floor, training, evaluation, kernels);
    }
  }
}
