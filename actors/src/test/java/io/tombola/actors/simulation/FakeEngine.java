package io.tombola.actors.simulation;

import io.tombola.actors.device.Trainer;
import io.tombola.protocol.TrialId;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.util.Optional;

/** An engine that computes almost nothing and reports every call to the {@link Invariants}. */
final class FakeEngine implements Engine {

  private final SimulatedProcess process;
  private final Device device;

  FakeEngine(SimulatedProcess process, String device) {
    this.process = process;
    this.device = new Device(device, Device.Kind.CPU, "simulated");
    process.injectOpenFault(Fault.DEVICE_UNOPENED, device);
    process.invariants().engineOpened(device);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    process.injectWorkFaults(device.id());
    Optional<TrialId> trial =
        process.currentMessage().message() instanceof Trainer.Train train
            ? Optional.of(train.job().trial())
            : Optional.empty();
    return new FakeSession(process, new OpenSession(device.id(), trial), spec);
  }

  @Override
  public void close() {
    process.invariants().engineClosed(device.id());
  }
}
