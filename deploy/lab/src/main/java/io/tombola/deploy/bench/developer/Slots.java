package io.tombola.deploy.bench.developer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.engines.BenchmarkNetwork;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.EngineName;
import io.tombola.training.engine.device.CoreAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Throughput of two device slots against one, by wall-clock time, with the slots as threads of this
 * process or as processes.
 *
 * @param arrangement {@code threads} or {@code processes}
 * @param one seconds of an iteration while one slot trains
 * @param two seconds of an iteration, of either slot, while both train
 * @param ratio iterations of two slots in the time of one iteration of one slot, by the medians
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Slots(
    String engine,
    String network,
    double densityPercent,
    String arrangement,
    TimingSummary one,
    TimingSummary two,
    double ratio) {

  private static final int SLOTS = 2;

  /** A slot that trains asynchronously. */
  interface Slot extends AutoCloseable {

    /** Starts so many iterations; the result has their times. */
    CompletableFuture<TimedWindow> train(int iterations);

    @Override
    void close();
  }

  /** Measures an engine in both arrangements. */
  public static List<Slots> measure(
      BenchmarkEnvironment environment, EngineName engine, BenchmarkNetwork network) {
    CoreAllocator cores = CoreAllocator.ofMachine();
    Timing threads =
        time(environment, slot -> new ThreadSlot(engine, network, environment.data(), cores));
    Timing processes =
        time(
            environment,
            slot ->
                new ProcessSlot(engine, network, environment.directory().resolve("slot-" + slot)));
    return List.of(
        of(engine, network, "threads", threads), of(engine, network, "processes", processes));
  }

  private record Timing(TimingSummary one, TimingSummary two) {}

  private static Slots of(
      EngineName engine, BenchmarkNetwork network, String arrangement, Timing timing) {
    return new Slots(
        engine.toString(),
        network.preset(),
        100 * network.density(),
        arrangement,
        timing.one(),
        timing.two(),
        timing.one().median() / timing.two().median());
  }

  private static Timing time(BenchmarkEnvironment environment, IntFunction<Slot> open) {
    try (Slot first = open.apply(0);
        Slot second = open.apply(1)) {
      int iterations = Math.min(warmUp(first, environment), warmUp(second, environment));
      List<Double> one = new ArrayList<>();
      List<Double> two = new ArrayList<>();
      for (int window = 0; window < environment.settings().windows(); window++) {
        environment.cancellation().check();
        one.add(secondsOfIteration(List.of(window % SLOTS == 0 ? first : second), iterations));
        environment.cancellation().check();
        two.add(secondsOfIteration(List.of(first, second), iterations));
      }
      return new Timing(TimingSummary.of(one), TimingSummary.of(two));
    }
  }

  private static double secondsOfIteration(List<Slot> slots, int iterations) {
    long startNanos = System.nanoTime();
    slots.stream().map(slot -> slot.train(iterations)).toList().forEach(CompletableFuture::join);
    return (System.nanoTime() - startNanos) / 1e9 / (slots.size() * (double) iterations);
  }

  /** Returns the iterations that fill one window. */
  private static int warmUp(Slot slot, BenchmarkEnvironment environment) {
    BenchmarkSettings settings = environment.settings();
    double spent = 0;
    int iterations = 1;
    while (spent < Math.max(settings.warmUpSeconds(), settings.windowSeconds())) {
      environment.cancellation().check();
      TimedWindow window = slot.train(iterations).join();
      spent += window.cpuSeconds();
      iterations =
          (int) Math.max(1, Math.round(settings.windowSeconds() / window.cpuSecondsPerUnit()));
    }
    return iterations;
  }

  /** Results for people. */
  public static CaptionedTable table(List<Slots> slots) {
    return new CaptionedTable(
        "Two slots against one",
        List.of("network", "engine", "slots are", "density %", "one: ms", "two: ms", "two ÷ one"),
        3,
        slots.stream()
            .map(
                s ->
                    List.of(
                        s.network(),
                        s.engine(),
                        s.arrangement(),
                        NumberText.significant(s.densityPercent()),
                        NumberText.milliseconds(s.one().median()),
                        NumberText.milliseconds(s.two().median()),
                        NumberText.significant(s.ratio())))
            .toList(),
        List.of(
            "Medians of an iteration in wall-clock time: other programs on the machine count"
                + " against two slots. Each slot is pinned to a core of its own where the platform"
                + " supports it, as in a run."));
  }
}
