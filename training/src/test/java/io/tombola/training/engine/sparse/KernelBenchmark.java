package io.tombola.training.engine.sparse;

import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times what a step on surviving weights consists of: both products by themselves, in the layer
 * that has most weights; softmax; and the parts of a step over all layers, on the same batch every
 * time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class KernelBenchmark {

  /** Forward: a layer's sums. */
  @Benchmark
  public float[] addProducts(LenetStep step) {
    return step.addProducts();
  }

  /** Backward: the gradients by a layer's weights. */
  @Benchmark
  public float[] sumProducts(LenetStep step) {
    return step.sumProducts();
  }

  /** The loss and the gradients by the logits, for which there is one kernel. */
  @Benchmark
  public double softmax(Logits logits) {
    double loss = logits.softmax.loss(logits.values, logits.labels, LenetStep.BATCH);
    logits.softmax.gradient(logits.labels, LenetStep.BATCH, logits.gradient);
    return loss;
  }

  /** The images of a batch, into lanes. */
  @Benchmark
  public Object gather(LenetStep step) {
    return step.part("gather a batch");
  }

  /** The outputs of all layers. */
  @Benchmark
  public Object forward(LenetStep step) {
    return step.part("forward");
  }

  /** The gradients by the logits, all outputs and all weights. */
  @Benchmark
  public Object backward(LenetStep step) {
    return step.part("backward");
  }

  /** Adam, of the surviving weights. */
  @Benchmark
  public Object update(LenetStep step) {
    return step.part("update");
  }

  /** What comes out of a network for a batch. */
  @State(Scope.Thread)
  public static class Logits {

    private static final int CLASSES = 10;

    private final LaneSoftmax softmax = new LaneSoftmax(CLASSES, LenetStep.WIDTH);
    private final RandomStream stream = new Seeds(7, 1).stream("logits");
    private final float[] values = RandomLanes.draw(stream, CLASSES, LenetStep.WIDTH);
    private final int[] labels =
        IntStream.generate(() -> stream.nextInt(CLASSES)).limit(LenetStep.BATCH).toArray();
    private final float[] gradient = Lanes.zeros(CLASSES, LenetStep.WIDTH);
  }

  /** Runs JMH with its own arguments; where there are no vectors, on the scalar kernels alone. */
  public static void main(String[] arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!LenetStep.hasVectors()) {
      System.err.println("No vectors of 8 or 16 floats here: kernels=vector is left out.");
      all.addAll(List.of("-p", "kernels=scalar"));
    }
    Main.main(all.toArray(String[]::new));
  }
}
