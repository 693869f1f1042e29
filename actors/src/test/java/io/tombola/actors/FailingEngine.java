package io.tombola.actors;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.util.function.Consumer;

/**
 * The real engine, with a fault injected whenever a session is opened.
 *
 * @param fault throws, or returns without effect
 */
record FailingEngine(Engine real, Consumer<SessionSpec> fault) implements Engine {

  @Override
  public Device device() {
    return real.device();
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    fault.accept(spec);
    return real.open(spec);
  }

  @Override
  public void close() {
    real.close();
  }

  /** Whether a training is one of a pruned network. */
  static boolean isPruned(SessionSpec spec) {
    return spec.mask().density().remaining() < spec.mask().density().total();
  }
}
