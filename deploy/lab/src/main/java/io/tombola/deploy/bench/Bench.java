package io.tombola.deploy.bench;

import io.tombola.deploy.bench.campaign.CampaignCost;
import io.tombola.deploy.bench.campaign.Soak;
import io.tombola.deploy.bench.developer.HttpLoad;
import io.tombola.deploy.bench.developer.InterTrialLatency;
import io.tombola.deploy.bench.developer.Slots;
import io.tombola.deploy.bench.engines.BenchData;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.engines.EngineTargets;
import io.tombola.deploy.bench.engines.PyTorchBaseline;
import io.tombola.deploy.bench.measure.BenchmarkCancellation;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Measures how fast Tombola is on this machine. {@link #stop} is for another thread to call. */
public final class Bench {

  private static final int FORMAT = 1;
  private static final double SLOTS_DENSITY = 0.21;

  private final Request request;
  private final Consumer<String> progress;
  private final Clock clock;
  private final BenchmarkCancellation cancellation = new BenchmarkCancellation();

  /**
   * What to measure.
   *
   * @param python the interpreter that has PyTorch; empty to measure without PyTorch
   * @param data for the networks that fit it; empty for random images
   * @param sources where {@code data} comes from
   * @param soakTrainings trials of the soak test
   * @param seed of masks, weights and images
   * @param directory exists; takes images and stores
   */
  public record Request(
      Set<BenchmarkSection> sections,
      BenchmarkSettings settings,
      Optional<String> python,
      Optional<DatasetSpec> data,
      DataSources sources,
      int soakTrainings,
      long seed,
      Path directory) {}

  /** A benchmark; {@code progress} receives results while it runs, a line each. */
  public Bench(Request request, Consumer<String> progress, Clock clock) {
    this.request = request;
    this.progress = progress;
    this.clock = clock;
  }

  /** Stops as soon as possible; {@link #run} then throws. */
  public void stop() {
    cancellation.request();
  }

  /**
   * Measures the requested sections.
   *
   * @throws io.tombola.deploy.bench.measure.BenchStoppedException after {@link #stop}
   */
  public BenchReport run() throws IOException {
    Optional<PyTorchBaseline> pytorch =
        request.python().flatMap(python -> PyTorchBaseline.start(python, progress));
    try {
      return run(pytorch);
    } finally {
      pytorch.ifPresent(PyTorchBaseline::close);
    }
  }

  private BenchReport run(Optional<PyTorchBaseline> pytorch) {
    Instant startedAt = clock.instant();
    long startNanos = System.nanoTime();
    Machine machine = Machine.describe(pytorch.map(PyTorchBaseline::description));
    BenchmarkEnvironment environment = environment();
    // First, while this process has computed nothing else, as a process that is a slot has not.
    List<Slots> slots = slots(environment);
    SingleThreadResults single =
        SingleThreadResults.measure(request.sections(), environment, pytorch);
    Optional<InterTrialLatency> start =
        ifRequested(BenchmarkSection.START, () -> InterTrialLatency.measure(environment));
    Optional<CampaignCost> campaign =
        ifRequested(BenchmarkSection.CAMPAIGN, () -> CampaignCost.measure(environment));
    Optional<HttpLoad> watchers =
        ifRequested(BenchmarkSection.WATCHERS, () -> HttpLoad.measure(environment));
    Optional<Soak> soak =
        ifRequested(
            BenchmarkSection.SOAK, () -> Soak.measure(request.soakTrainings(), environment));
    return new BenchReport(
        FORMAT,
        startedAt,
        (System.nanoTime() - startNanos) / 1e9,
        machine,
        request.settings(),
        environment.data().description(),
        single.floor(),
        single.engines(),
        single.evaluation(),
        single.kernels(),
        start,
        slots,
        campaign,
        watchers,
        soak);
  }

  private BenchmarkEnvironment environment() {
    BenchData data =
        new BenchData(request.directory(), request.data(), request.sources(), request.seed());
    return new BenchmarkEnvironment(
        request.settings(), data, request.seed(), request.directory(), cancellation, progress);
  }

  private <T> Optional<T> ifRequested(BenchmarkSection section, Supplier<T> measure) {
    return request.sections().contains(section) ? Optional.of(measure.get()) : Optional.empty();
  }

  private List<Slots> slots(BenchmarkEnvironment environment) {
    List<Slots> slots = new ArrayList<>();
    if (request.sections().contains(BenchmarkSection.SLOTS)) {
      BenchmarkNetwork network =
          new BenchmarkNetwork("lenet-300-100", SLOTS_DENSITY, request.seed());
      for (EngineName engine : EngineTargets.present()) {
        slots.addAll(Slots.measure(environment, engine, network));
      }
    }
    return slots;
  }
}
