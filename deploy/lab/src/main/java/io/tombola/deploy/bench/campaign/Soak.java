package io.tombola.deploy.bench.campaign;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Memory of this process over many short trials of one campaign.
 *
 * @param samples at equal intervals
 * @param heapGrowthBytes growth of the heap in use after a garbage collection, from the second
 *     quarter of the samples to the last, by their medians
 * @param residentGrowthBytes the same for the resident memory of the process; empty where the
 *     system does not say
 * @param flat whether neither grew by more than 5 %
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Soak(
    int trainings,
    List<Sample> samples,
    double heapGrowthBytes,
    OptionalDouble residentGrowthBytes,
    boolean flat) {

  private static final int SAMPLES = 20;
  private static final int ROUNDS = 10;
  private static final int ARMS = 4;
  private static final int EVALUATED_EXAMPLES = 100;
  private static final double MAX_GROWTH = 0.05;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Memory after so many trials. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Sample(int trainings, long heapBytes, OptionalDouble residentBytes) {

    static Sample take(int trainings) {
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new Sample(trainings, heap, resident());
    }

    private static OptionalDouble resident() {
      if (!Files.isReadable(STATUS)) {
        return OptionalDouble.empty();
      }
      try {
        return Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
            .findFirst();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + STATUS, e);
      }
    }
  }

  /** Runs at least so many trials. */
  public static Soak measure(int trainings, BenchmarkEnvironment environment) {
    int trialsOfReplicate = 1 + ROUNDS * ARMS;
    int replicates = Math.max(1, (trainings + trialsOfReplicate - 1) / trialsOfReplicate);
    int sampleInterval = Math.max(1, replicates * trialsOfReplicate / SAMPLES);
    List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    EngineTimer timer =
        new EngineTimer(
            ended -> {
              if (ended % sampleInterval == 0) {
                Sample sample = Sample.take(ended);
                samples.add(sample);
                environment.progress().accept("soak: " + line(sample));
              }
            });
    BenchCampaign.of(
            "bench-soak",
            environment.data().campaign(6_000, EVALUATED_EXAMPLES, EVALUATED_EXAMPLES),
            ROUNDS,
            "replicates=" + replicates,
            "controls.reinit=" + (ARMS - 1),
            "training.iterations=20",
            "training.checkpoint-every=10")
        .run(environment.directory(), timer, environment.cancellation());
    return of(timer.trainings(), List.copyOf(samples));
  }

  /** Compares the second quarter of the samples with the last. */
  public static Soak of(int trainings, List<Sample> samples) {
    double heap = growth(samples, sample -> (double) sample.heapBytes());
    boolean flat = heap <= MAX_GROWTH * samples.get(samples.size() / 4).heapBytes();
    if (samples.get(0).residentBytes().isEmpty()) {
      return new Soak(trainings, samples, heap, OptionalDouble.empty(), flat);
    }
    ToDoubleFunction<Sample> resident = sample -> sample.residentBytes().orElseThrow();
    double residentGrowth = growth(samples, resident);
    boolean both =
        flat
            && residentGrowth
                <= MAX_GROWTH * resident.applyAsDouble(samples.get(samples.size() / 4));
    return new Soak(trainings, samples, heap, OptionalDouble.of(residentGrowth), both);
  }

  private static double growth(List<Sample> samples, ToDoubleFunction<Sample> of) {
    int quarter = Math.max(1, samples.size() / 4);
    List<Sample> second =
        samples.subList(
            Math.min(quarter, samples.size() - 1), Math.min(2 * quarter, samples.size()));
    List<Sample> last = samples.subList(samples.size() - quarter, samples.size());
    return median(last, of) - median(second, of);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
    return TimingSummary.of(samples.stream().map(of::applyAsDouble).toList()).median();
  }

  private static String line(Sample sample) {
    return "%d trainings, %s MiB of heap in use, %s MiB resident"
        .formatted(
            sample.trainings(),
            mib((double) sample.heapBytes()),
            mib(sample.residentBytes().orElse(Double.NaN)));
  }

  private static String mib(double bytes) {
    return NumberText.significant(bytes / (1 << 20));
  }

  /** Results for people. */
  public CaptionedTable table() {
    return new CaptionedTable(
        "Memory over " + trainings + " trainings in one process",
        List.of("trainings", "heap in use, MiB", "resident, MiB"),
        0,
        samples.stream()
            .map(
                s ->
                    List.of(
                        Integer.toString(s.trainings()),
                        mib((double) s.heapBytes()),
                        mib(s.residentBytes().orElse(Double.NaN))))
            .toList(),
        List.of(
            """
            %s: from the second quarter to the last, heap in use after a collection grew by %s MiB, \
            resident memory by %s MiB; flat means by at most 5 %%.\
            """
                .formatted(
                    flat ? "Flat" : "Not flat",
                    mib(heapGrowthBytes),
                    mib(residentGrowthBytes.orElse(Double.NaN)))));
  }
}
