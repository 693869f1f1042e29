package io.tombola.training.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;

/** The engine on the class path and the devices it found. Thread-safe. */
public final class Engines {

  private final EngineProvider provider;
  private final List<Device> devices;

  private Engines(EngineProvider provider, List<Device> devices) {
    this.provider = provider;
    this.devices = devices;
  }

  /** Looks for devices, with a slot for each available processor. */
  public static Engines detect() {
    return detect(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Looks for devices; takes seconds the first time, since native libraries are unpacked and
   * loaded.
   *
   * @param cpuSlots processor cores to use, at least 1; GPUs, where there are any, are used instead
   * @throws NoDeviceException if no engine on the class path works here
   */
  public static Engines detect(int cpuSlots) {
    if (cpuSlots < 1) {
      throw new IllegalArgumentException("expected at least 1 CPU slot, found " + cpuSlots);
    }
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      List<Device> devices = provider.devices(cpuSlots);
      if (!devices.isEmpty()) {
        return new Engines(provider, List.copyOf(devices));
      }
    }
    throw new NoDeviceException(
        "expected an engine with at least one device on the class path, found none;"
            + " build again on this machine so that its native libraries are fetched",
        null);
  }

  /** The devices, in the order in which they should be used. */
  public List<Device> devices() {
    return devices;
  }

  /** Opens an engine for the calling thread, which closes it. */
  public Engine open(Device device) {
    if (!devices.contains(device)) {
      throw new IllegalArgumentException("expected one of %s, found %s".formatted(devices, device));
    }
    return provider.open(device);
  }

  /**
   * What the bytes of a result depend on, by name: versions, native binary, processor kind,
   * threads.
   */
  public SortedMap<String, String> determinants() {
    return provider.determinants();
  }
}
