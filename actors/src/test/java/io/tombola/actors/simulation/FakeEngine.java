package io.tombola.actors.simulation;

import io.tombola.actors.device.Trainer;
import io.tombola.protocol.TrialId;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.util.Optional;

/** An engine that computes next to nothing, and tells the {@link Laws} all it does. */
final class FakeEngine implements Engine {

  private final Life life;
  private final Device device;

  FakeEngine(Life life, String device) {
    this.life = life;
    this.device = new Device(device, Device.Kind.CPU, "simulated");
    life.strikeTrainer(Fault.DEVICE_UNOPENED, device);
    life.laws().engineOpened(device);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    life.sufferWork(device.id());
    Optional<TrialId> trial =
        life.now().message() instanceof Trainer.Train order
            ? Optional.of(order.job().trial())
            : Optional.empty();
    return new FakeSession(life, new Work(device.id(), trial), spec);
  }

  @Override
  public void close() {
    life.laws().engineClosed(device.id());
  }
}
