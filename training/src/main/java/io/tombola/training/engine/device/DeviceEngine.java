package io.tombola.training.engine.device;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.NoDeviceException;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** All engines on one device: each is opened when the first training asks for it. */
final class DeviceEngine implements Engine {

  private final Device device;
  private final Function<EngineName, EngineProvider> providers;
  private final Map<EngineName, Engine> opened = new EnumMap<>(EngineName.class);

  /**
   * Opens nothing yet.
   *
   * @param providers throws {@link NoDeviceException} for an engine that cannot work there
   */
  DeviceEngine(Device device, Function<EngineName, EngineProvider> providers) {
    this.device = device;
    this.providers = providers;
  }

  @Override
  public Device device() {
    return device;
  }

  /**
   * Starts a training on the engine that it names.
   *
   * @throws NoDeviceException if that cannot work on this device
   */
  @Override
  public TrainingSession open(SessionSpec spec) {
    return opened
        .computeIfAbsent(spec.engine(), name -> providers.apply(name).open(device))
        .open(spec);
  }

  @Override
  public void close() {
    opened.values().forEach(Engine::close);
    opened.clear();
  }
}
