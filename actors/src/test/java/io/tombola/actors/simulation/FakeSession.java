package io.tombola.actors.simulation;

import io.tombola.training.data.Split;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A training whose weights are a cheap pure function of weights, moments, mask, data order, rate
 * and iteration, so that any deviation after a fault changes them.
 */
final class FakeSession implements TrainingSession {

  private static final int GOLDEN = 0x9E3779B9;

  private final SimulatedProcess process;
  private final OpenSession session;
  private final SessionSpec spec;
  private final float[] multipliers;
  private final OptionalInt divergesAt;
  private float[] values;
  private float[] moments;
  private int steps;
  private int iteration;

  FakeSession(SimulatedProcess process, OpenSession session, SessionSpec spec) {
    this.process = process;
    this.session = session;
    this.spec = spec;
    this.multipliers = spec.mask().multipliers();
    this.divergesAt =
        session.trial().isPresent()
            ? process.scenario().divergesAt(session.trial().get())
            : OptionalInt.empty();
    moveTo(spec.start());
    process.invariants().sessionOpened(session);
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public double advance(int count) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      process.injectWorkFaults(session.device());
      process.invariants().trains(session, iteration);
      sum += step();
    }
    return sum;
  }

  private double step() {
    int batch = spec.training().batchSize();
    int examples = spec.splits().train().size();
    int batches = examples / batch;
    int[] order = spec.order().permutation(iteration / batches, examples);
    int drawn = order[iteration % batches * batch];
    float rate = (float) spec.rates().at(iteration);
    double loss = loss(drawn);
    if (divergesAt.isPresent() && iteration >= divergesAt.getAsInt()) {
      throw new DivergedException(iteration, "the training loss", Optional.of("output"));
    }
    for (int i = 0; i < values.length; i++) {
      float gradient = (((drawn + 1) * (i + 1) * GOLDEN) >>> 16 & 0xff) / 255f - 0.5f;
      moments[i] = multipliers[i] * (0.75f * moments[i] + gradient + 0.125f * values[i]);
      values[i] = multipliers[i] * (values[i] - rate * moments[i]);
    }
    steps++;
    iteration++;
    return loss;
  }

  private double loss(int salt) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(values[i] - ((i * 7 + salt) % 5 - 2) * 0.25);
    }
    return 0.5 + sum / values.length;
  }

  @Override
  public Measurement measure(Split split) {
    process.injectWorkFaults(session.device());
    return new FakeMeasurement(split.size(), new Evaluation(loss(split.size()), accuracy()));
  }

  private double accuracy() {
    return Math.floorMod(Arrays.hashCode(values), 1000) / 10.0;
  }

  @Override
  public Weights weights() {
    return Weights.of(spec.mask().network(), values);
  }

  @Override
  public TrainingPosition position() {
    return new TrainingPosition(iteration, weights(), new OptimizerState(steps, List.of(moments)));
  }

  @Override
  public void restore(TrainingPosition position) {
    process.injectWorkFaults(session.device());
    moveTo(position);
  }

  private void moveTo(TrainingPosition position) {
    values = spec.mask().apply(position.weights()).toArray();
    OptimizerState optimizer = position.optimizer();
    steps = optimizer.steps();
    moments = optimizer.moments().isEmpty() ? new float[values.length] : optimizer.moments().get(0);
    for (int i = 0; i < moments.length; i++) {
      moments[i] *= multipliers[i];
    }
    iteration = position.iteration();
  }

  @Override
  public void close() {
    process.invariants().sessionClosed(session);
  }

  private static final class FakeMeasurement implements Measurement {

    private final int examples;
    private final Evaluation result;
    private boolean done;

    FakeMeasurement(int examples, Evaluation result) {
      this.examples = examples;
      this.result = result;
    }

    @Override
    public boolean done() {
      return done;
    }

    @Override
    public int next() {
      done = true;
      return examples;
    }

    @Override
    public Optional<String> brokenLayer() {
      return Optional.empty();
    }

    @Override
    public Evaluation result() {
      if (!done) {
        throw new IllegalStateException("expected a measurement that is done");
      }
      return result;
    }
  }
}
