package io.tombola.training;

import io.tombola.training.data.Split;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Weights;

/** The real engine, which has no memory left when a training is to go to another position. */
final class UnrestorableEngine implements Engine {

  private final Engine real;
  private int openSessions;

  UnrestorableEngine(Engine real) {
    this.real = real;
  }

  /** Trainings that are not closed. */
  int openSessions() {
    return openSessions;
  }

  @Override
  public Device device() {
    return real.device();
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    openSessions++;
    return new Session(real.open(spec));
  }

  @Override
  public void close() {
    real.close();
  }

  private final class Session implements TrainingSession {

    private final TrainingSession training;

    Session(TrainingSession training) {
      this.training = training;
    }

    @Override
    public int iteration() {
      return training.iteration();
    }

    @Override
    public double advance(int steps) {
      return training.advance(steps);
    }

    @Override
    public Measurement measure(Split split) {
      return training.measure(split);
    }

    @Override
    public Weights weights() {
      return training.weights();
    }

    @Override
    public TrainingPosition position() {
      return training.position();
    }

    @Override
    public void restore(TrainingPosition position) {
      throw new OutOfMemoryError("injected");
    }

    @Override
    public void close() {
      openSessions--;
      training.close();
    }
  }
}
