package io.tombola.deploy.bench;

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
 * Watches engines at work in a campaign: the processor time of training and evaluating, and how
 * long a device is between one training and the next. Thread-safe.
 */
final class EngineTimer {

  private final AtomicLong trainingNanos = new AtomicLong();
  private final AtomicLong iterations = new AtomicLong();
  private final AtomicInteger trainings = new AtomicInteger();
  private final List<Turn> turns = new CopyOnWriteArrayList<>();
  private final IntConsumer ended;

  /**
   * A meter.
   *
   * @param ended is told, on the trainer's thread, how many trainings have ended when one has
   */
  EngineTimer(IntConsumer ended) {
    this.ended = ended;
  }

  /**
   * From one training to the next on a device.
   *
   * @param turnSeconds from the end of the last step or evaluation to the end of the first step
   * @param openSeconds from when the engine is asked for a session to the end of the first step
   */
  record Turn(double turnSeconds, double openSeconds) {}

  /** Processor seconds of training steps and evaluations. */
  double trainingSeconds() {
    return trainingNanos.get() / 1e9;
  }

  /** Training steps. */
  long iterations() {
    return iterations.get();
  }

  /** Trainings that ended. */
  int trainings() {
    return trainings.get();
  }

  /** In the order in which they came. */
  List<Turn> turns() {
    return List.copyOf(turns);
  }

  /** The same engine, watched. */
  Engine watch(Engine engine) {
    return new Watched(engine);
  }

  private <T> T train(Supplier<T> work) {
    long began = CpuStopwatch.cpuNanos();
    T result = work.get();
    trainingNanos.addAndGet(CpuStopwatch.cpuNanos() - began);
    return result;
  }

  private final class Watched implements Engine {

    private final Engine engine;
    private long lastWork;

    Watched(Engine engine) {
      this.engine = engine;
    }

    @Override
    public Device device() {
      return engine.device();
    }

    @Override
    public TrainingSession open(SessionSpec spec) {
      return new Session(this, System.nanoTime(), engine.open(spec));
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private final class Session implements TrainingSession {

    private final Watched owner;
    private final long opened;
    private final TrainingSession session;
    private boolean stepped;

    Session(Watched owner, long opened, TrainingSession session) {
      this.owner = owner;
      this.opened = opened;
      this.session = session;
    }

    @Override
    public int iteration() {
      return session.iteration();
    }

    @Override
    public double advance(int steps) {
      double loss = train(() -> session.advance(steps));
      iterations.addAndGet(steps);
      long now = System.nanoTime();
      if (!stepped && owner.lastWork != 0) {
        turns.add(new Turn((now - owner.lastWork) / 1e9, (now - opened) / 1e9));
      }
      stepped = true;
      owner.lastWork = now;
      return loss;
    }

    @Override
    public Measurement measure(Split split) {
      return new Measured(this, train(() -> session.measure(split)));
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
      ended.accept(trainings.incrementAndGet());
    }
  }

  private final class Measured implements Measurement {

    private final Session session;
    private final Measurement measurement;

    Measured(Session session, Measurement measurement) {
      this.session = session;
      this.measurement = measurement;
    }

    @Override
    public boolean done() {
      return measurement.done();
    }

    @Override
    public int next() {
      int examples = train(measurement::next);
      if (session.stepped) {
        session.owner.lastWork = System.nanoTime();
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
