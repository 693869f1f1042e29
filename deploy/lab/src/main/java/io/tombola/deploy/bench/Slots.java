package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.EngineName;
import io.tombola.training.engine.CoreAllocator;
import io.tombola.training.engine.CoreLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Two slots against one, by the clock on the wall, with both slots in this process or each in a
 * process of its own.
 *
 * @param arrangement {@code threads} or {@code processes}
 * @param one seconds of an iteration while one slot trains
 * @param two seconds of an iteration, of either slot, while both train
 * @param ratio what two slots get done in the time in which one does 1, by the medians
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

  /** A slot: trains so many iterations, sometime, and says when that is done. */
  private interface Slot extends AutoCloseable {

    CompletableFuture<TimedWindow> train(int iterations);

    @Override
    void close();
  }

  /** Times one engine both ways. */
  static List<Slots> measure(
      EngineName engine,
      BenchmarkNetwork workload,
      BenchData data,
      Path directory,
      BenchmarkSettings scale,
      BenchmarkCanceller halt)
      throws IOException {
    List<Slots> results = new ArrayList<>();
    CoreAllocator cores = CoreAllocator.ofMachine();
    results.add(
        arrange(
            engine,
            workload,
            "threads",
            slot -> new ThreadSlot(engine, workload, data, cores),
            scale,
            halt));
    results.add(
        arrange(
            engine,
            workload,
            "processes",
            slot -> new ProcessSlot(engine, workload, directory.resolve("slot-" + slot)),
            scale,
            halt));
    return results;
  }

  private static Slots arrange(
      EngineName engine,
      BenchmarkNetwork workload,
      String arrangement,
      IntFunction<Slot> open,
      BenchmarkSettings scale,
      BenchmarkCanceller halt) {
    try (Slot first = open.apply(0);
        Slot second = open.apply(1)) {
      int iterations = Math.min(warmUp(first, scale, halt), warmUp(second, scale, halt));
      List<Double> one = new ArrayList<>();
      List<Double> two = new ArrayList<>();
      for (int window = 0; window < scale.windows(); window++) {
        halt.check();
        one.add(wall(List.of(window % SLOTS == 0 ? first : second), iterations));
        halt.check();
        two.add(wall(List.of(first, second), iterations));
      }
      TimingSummary alone = TimingSummary.of(one);
      TimingSummary together = TimingSummary.of(two);
      return new Slots(
          engine.toString(),
          workload.preset(),
          100 * workload.density(),
          arrangement,
          alone,
          together,
          alone.median() / together.median());
    }
  }

  /** Seconds of one iteration, of any slot. */
  private static double wall(List<Slot> slots, int iterations) {
    long began = System.nanoTime();
    slots.stream().map(slot -> slot.train(iterations)).toList().forEach(CompletableFuture::join);
    return (System.nanoTime() - began) / 1e9 / (slots.size() * (double) iterations);
  }

  private static int warmUp(Slot slot, BenchmarkSettings scale, BenchmarkCanceller halt) {
    double spent = 0;
    int iterations = 1;
    while (spent < Math.max(scale.warmUpSeconds(), scale.windowSeconds())) {
      halt.check();
      TimedWindow window = slot.train(iterations).join();
      spent += window.cpuSeconds();
      iterations = (int) Math.max(1, Math.round(scale.windowSeconds() / window.cpuEach()));
    }
    return iterations;
  }

  private static final class ThreadSlot implements Slot {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final EngineTargets lineup;
    private final CoreLease pin;
    private final BenchmarkTarget training;

    ThreadSlot(EngineName engine, BenchmarkNetwork workload, BenchData data, CoreAllocator cores) {
      lineup = on(EngineTargets::new);
      pin = on(cores::pin);
      training = on(() -> lineup.training(engine, workload, data.splits(workload)));
    }

    private <T> T on(Supplier<T> work) {
      return CompletableFuture.supplyAsync(work, thread).join();
    }

    @Override
    public CompletableFuture<TimedWindow> train(int iterations) {
      return CompletableFuture.supplyAsync(() -> training.run(iterations), thread);
    }

    @Override
    public void close() {
      CompletableFuture.runAsync(
              () -> {
                training.close();
                lineup.close();
              },
              thread)
          .join();
      thread.shutdown();
      pin.close();
    }
  }

  private static final class ProcessSlot implements Slot {

    private final JsonLinesProcess child;

    ProcessSlot(EngineName engine, BenchmarkNetwork workload, Path directory) {
      try {
        child = SlotWorker.start(engine, workload, directory);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start a slot of its own process", e);
      }
      child.answer();
    }

    @Override
    public CompletableFuture<TimedWindow> train(int iterations) {
      child.tell(Map.of("do", "train", "times", iterations));
      return CompletableFuture.supplyAsync(() -> child.window(iterations));
    }

    @Override
    public void close() {
      child.close();
    }
  }

  static BenchmarkTable table(List<Slots> slots) {
    return new BenchmarkTable(
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
                        BenchmarkTable.number(s.densityPercent()),
                        BenchmarkTable.millis(s.one().median()),
                        BenchmarkTable.millis(s.two().median()),
                        BenchmarkTable.number(s.ratio())))
            .toList(),
        List.of(
            "Medians of an iteration by the clock on the wall: other programs on the machine"
                + " count against two slots. A slot keeps to a core of its own where the platform"
                + " allows it, as in a run."));
  }
}
