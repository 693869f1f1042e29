package io.tombola.deploy.bench;

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

/** Measures how fast Tombola is on this machine, and against what. */
public final class Bench {

  private static final int FORMAT = 1;
  private static final double SLOTS_DENSITY = 0.21;

  private final Request request;
  private final Consumer<String> news;
  private final Clock clock;
  private final BenchmarkCanceller halt = new BenchmarkCanceller();

  /**
   * What to measure.
   *
   * @param sections what of it
   * @param python the interpreter that has PyTorch; empty to do without
   * @param data for the networks that fit it; empty for images made of random numbers
   * @param sources where {@code data} comes from
   * @param soakTrainings trainings of the soak
   * @param seed of masks, weights and images
   * @param directory exists; takes images and stores
   */
  public record Request(
      Set<BenchmarkSection> sections,
      BenchmarkSettings scale,
      Optional<String> python,
      Optional<DatasetSpec> data,
      DataSources sources,
      int soakTrainings,
      long seed,
      Path directory) {}

  /** A bench; {@code news} is told what is found, a line at a time. */
  public Bench(Request request, Consumer<String> news, Clock clock) {
    this.request = request;
    this.news = news;
    this.clock = clock;
  }

  /** Ends it as soon as may be; {@link #run} then throws. For another thread to call. */
  public void stop() {
    halt.ask();
  }

  /**
   * Measures all that was asked for.
   *
   * @throws BenchStoppedException after {@link #stop}
   */
  public BenchReport run() throws IOException {
    Optional<Peer> peer = request.python().flatMap(python -> Peer.start(python, news));
    try {
      return run(peer);
    } finally {
      peer.ifPresent(Peer::close);
    }
  }

  private BenchReport run(Optional<Peer> peer) throws IOException {
    Instant startedAt = clock.instant();
    long began = System.nanoTime();
    Machine machine = Machine.describe(peer.map(Peer::description));
    BenchData data =
        new BenchData(request.directory(), request.data(), request.sources(), request.seed());
    // In a process that has computed nothing else yet, as processes that are slots have not.
    List<Slots> slots = slots(data);
    Single single = new Single(peer, data);
    single.measure();
    Path directory = request.directory();
    Optional<InterTrialLatency> start =
        when(
            BenchmarkSection.START,
            () -> InterTrialLatency.measure(data, directory, campaign(), halt));
    Optional<CampaignCost> campaign =
        when(
            BenchmarkSection.CAMPAIGN,
            () -> CampaignCost.measure(data, directory, campaign(), halt, news));
    Optional<HttpLoad> watchers =
        when(
            BenchmarkSection.WATCHERS,
            () -> HttpLoad.measure(data, directory, request.scale(), halt, news));
    Optional<Soak> soak =
        when(
            BenchmarkSection.SOAK,
            () -> Soak.measure(request.soakTrainings(), data, directory, halt, news));
    return new BenchReport(
        FORMAT,
        startedAt,
        (System.nanoTime() - began) / 1e9,
        machine,
        request.scale(),
        data.description(),
        single.floor,
        single.training,
        single.evaluation,
        single.kernels,
        start,
        slots,
        campaign,
        watchers,
        soak);
  }

  private BenchmarkSettings.CampaignScale campaign() {
    return request.scale().campaign();
  }

  private boolean asked(BenchmarkSection section) {
    return request.sections().contains(section);
  }

  private <T> Optional<T> when(BenchmarkSection section, Supplier<T> measure) {
    return asked(section) ? Optional.of(measure.get()) : Optional.empty();
  }

  private List<Slots> slots(BenchData data) throws IOException {
    List<Slots> slots = new ArrayList<>();
    if (asked(BenchmarkSection.SLOTS)) {
      List<EngineName> engines = EngineTargets.present();
      BenchmarkNetwork workload =
          new BenchmarkNetwork("lenet-300-100", SLOTS_DENSITY, request.seed());
      for (EngineName engine : engines) {
        slots.addAll(
            Slots.measure(engine, workload, data, request.directory(), request.scale(), halt));
      }
    }
    return slots;
  }

  /** What one thread does by itself. */
  private final class Single {

    private final Optional<Peer> peer;
    private final BenchData data;
    private Optional<Roofline> floor = Optional.empty();
    private List<EngineComparison> training = List.of();
    private List<EngineComparison> evaluation = List.of();
    private List<Microbenchmark> kernels = List.of();

    Single(Optional<Peer> peer, BenchData data) {
      this.peer = peer;
      this.data = data;
    }

    /** Measures what was asked for of it. */
    void measure() {
      InterleavedBenchmark race = new InterleavedBenchmark(request.scale(), halt);
      try (PeakKernels yards = new PeakKernels();
          EngineTargets lineup = new EngineTargets()) {
        floor = when(BenchmarkSection.FLOOR, () -> Roofline.measure(race, yards));
        // Before other networks: what Java's compiler learns from those makes LeNet's parts slower.
        if (asked(BenchmarkSection.KERNELS)) {
          kernels = Microbenchmark.measure(race, yards, lineup, data, request.seed());
        }
        EngineComparisons comparisons =
            new EngineComparisons(
                request.scale(), race, yards, lineup, peer, data, request.seed(), news);
        if (asked(BenchmarkSection.ENGINES)) {
          training = comparisons.training();
        }
        if (asked(BenchmarkSection.EVALUATION)) {
          evaluation = comparisons.evaluation();
        }
      }
    }
  }
}
