package io.tombola.training.engine.dense;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.dense.nd4j.Nd4jBackend;

/** One device slot. */
final class DenseEngine implements Engine {

  private final Device device;
  private final ExampleCache cache = new ExampleCache();

  DenseEngine(Device device) {
    this.device = device;
    if (device.kind() == Device.Kind.CPU) {
      Nd4jBackend.useOneThread();
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    cache.retain(spec.splits(), spec.start().weights().network());
    return new DenseSession(spec, cache);
  }

  @Override
  public void close() {
    cache.close();
  }
}
