package io.tombola.deploy.bench.campaign;

import io.tombola.deploy.bench.measure.CpuStopwatch;
import io.tombola.training.data.Split;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Weights;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Times the engines of a campaign: the CPU time of training and evaluating, and the time between
 * two trials on a device. Thread-safe.
 */
public final class EngineTimer {

  private final AtomicLong trainingNanos = new AtomicLong();
  private final AtomicLong iterations = new AtomicLong();
  private final AtomicInteger trainings = new AtomicInteger();
  private final List<Turn> turns = new CopyOnWriteArrayList<>();
  private final IntConsumer onTrialEnd;

  /**
   * A timer of no engine yet.
   *
   * @param onTrialEnd called on the trainer's thread with the number of trials that have ended
   */
  public EngineTimer(IntConsumer onTrialEnd) {
    this.onTrialEnd = onTrialEnd;
  }

  /**
   * The time from one trial to the next on a device.
   *
   * @param turnSeconds from the end of the last step or evaluation to the end of the first step
   * @param openSeconds from the opening of the session to the end of the first step
   */
  public record Turn(double turnSeconds, double openSeconds) {}

  /** CPU seconds of training steps and evaluations. */
  public double trainingSeconds() {
    return trainingNanos.get() / 1e9;
  }

  /** Training steps so far. */
  public long iterations() {
    return iterations.get();
  }

  /** Trials that have ended. */
  public int trainings() {
    return trainings.get();
  }

  /** The turns so far, in chronological order. */
  public List<Turn> turns() {
    return List.copyOf(turns);
  }

  /** Wraps an engine, so that it is timed. */
  Engine watch(Engine engine) {
    return new TimedEngine(engine);
  }

  private <T> T timed(Supplier<T> work) {
    long startNanos = CpuStopwatch.cpuNanos();
    T result = work.get();
    trainingNanos.addAndGet(CpuStopwatch.cpuNanos() - startNanos);
    return result;
  }

  private final class TimedEngine implements Engine {

    private final Engine engine;
    private long lastWorkNanos;

    TimedEngine(Engine engine) {
      this.engine = engine;
    }

    @Override
    public Device device() {
      return engine.device();
    }

    @Override
    public TrainingSession open(SessionSpec spec) {
      return new TimedSession(this, System.nanoTime(), engine.open(spec));
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private final class TimedSession implements TrainingSession {

    private final TimedEngine owner;
    private final long openedNanos;
    private final TrainingSession session;
    private boolean stepped;

    TimedSession(TimedEngine owner, long openedNanos, TrainingSession session) {
      this.owner = owner;
      this.openedNanos = openedNanos;
      this.session = session;
    }

    @Override
    public int iteration() {
      return session.iteration();
    }

    @Override
    public double advance(int steps) {
      double loss = timed(() -> session.advance(steps));
      iterations.addAndGet(steps);
      long now = System.nanoTime();
      if (!stepped && owner.lastWorkNanos != 0) {
        turns.add(new Turn((now - owner.lastWorkNanos) / 1e9, (now - openedNanos) / 1e9));
      }
      stepped = true;
      owner.lastWorkNanos = now;
      return loss;
    }

    @Override
    public Measurement measure(Split split) {
      return new TimedMeasurement(this, timed(() -> session.measure(split)));
    }

    @Override
    public Weights weights() {
      return session.weights();
    }

    @Override
    public TrainingPosition position() {
      return session.position();
    }

    @Override
    public void restore(TrainingPosition position) {
      session.restore(position);
    }

    @Override
    public void close() {
      session.close();
      onTrialEnd.accept(trainings.incrementAndGet());
    }
  }

  private final class TimedMeasurement implements Measurement {

    private final TimedSession session;
    private final Measurement measurement;

    TimedMeasurement(TimedSession session, Measurement measurement) {
      this.session = session;
      this.measurement = measurement;
    }

    @Override
    public boolean done() {
      return measurement.done();
    }

    @Override
    public int next() {
      int examples = timed(measurement::next);
      if (session.stepped) {
        session.owner.lastWorkNanos = System.nanoTime();
      }
      return examples;
    }

    @Override
    public Evaluation result() {
      return measurement.result();
    }

    @Override
    public Optional<String> brokenLayer() {
      return measurement.brokenLayer();
    }
  }
}
