package io.tombola.training.engine.sparse;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;

/** One processor core. */
final class SparseEngine implements Engine {

  private final Device device;
  private final Kernels kernels;

  SparseEngine(Device device, Kernels kernels) {
    this.device = device;
    this.kernels = kernels;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public TrainingSession open(SessionSpec spec) {
    return new SparseSession(spec, kernels);
  }

  @Override
  public void close() {
    // All it has is on the heap.
  }
}
