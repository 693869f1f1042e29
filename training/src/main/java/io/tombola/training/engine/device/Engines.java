package io.tombola.training.engine.device;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.NoDeviceException;
import io.tombola.training.engine.dense.DenseEngineProvider;
import io.tombola.training.engine.sparse.SparseEngineProvider;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All engines, and the devices they found. Thread-safe. */
public final class Engines {

  private final Map<EngineName, EngineProvider> providers;
  private final List<Device> devices;

  private Engines(Map<EngineName, EngineProvider> providers, List<Device> devices) {
    this.providers = providers;
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
   * @throws NoDeviceException if no engine works here
   */
  public static Engines detect(int cpuSlots) {
    return of(Engines::providerOf, cpuSlots);
  }

  private static EngineProvider providerOf(EngineName name) {
    return switch (name) {
      case DL4J -> new DenseEngineProvider();
      case SPARSE -> new SparseEngineProvider();
    };
  }

  /** The engines that {@code providerOf} gives, on the devices of the first that has any. */
  static Engines of(Function<EngineName, EngineProvider> providerOf, int cpuSlots) {
    if (cpuSlots < 1) {
      throw new IllegalArgumentException("expected at least 1 CPU slot, found " + cpuSlots);
    }
    Map<EngineName, EngineProvider> providers = new EnumMap<>(EngineName.class);
    for (EngineName name : EngineName.values()) {
      providers.put(name, providerOf.apply(name));
    }
    for (EngineProvider provider : providers.values()) {
      List<Device> devices = provider.devices(cpuSlots);
      if (!devices.isEmpty()) {
        return new Engines(providers, List.copyOf(devices));
      }
    }
    throw new NoDeviceException(
        "expected an engine with at least one device, found none;"
            + " build again on this machine so that its native libraries are fetched");
  }

  /** The engines that can compute on a device, by name in ascending order. */
  public List<EngineName> on(Device device) {
    return providers.entrySet().stream()
        .filter(engine -> engine.getValue().worksOn(device))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The devices, in the order in which they should be used. */
  public List<Device> devices() {
    return devices;
  }

  /**
   * Opens a device for the calling thread, which closes it. What trains there is the engine that
   * each training names.
   */
  public Engine open(Device device) {
    if (!devices.contains(device)) {
      throw new IllegalArgumentException("expected one of %s, found %s".formatted(devices, device));
    }
    return new DeviceEngine(device, name -> provider(name, device));
  }

  /**
   * Checks that engines can work on every device.
   *
   * @throws NoDeviceException if one cannot
   */
  public void require(Collection<EngineName> names) {
    for (EngineName name : names) {
      devices.forEach(device -> provider(name, device));
    }
  }

  private EngineProvider provider(EngineName name, Device device) {
    EngineProvider provider = provider(name);
    if (!provider.worksOn(device)) {
      throw new NoDeviceException(
          "expected a device that the engine %s works on, found %s; set training.engine = dl4j"
              .formatted(name, device.id()));
    }
    return provider;
  }

  private EngineProvider provider(EngineName name) {
    return Objects.requireNonNull(providers.get(name));
  }

  /**
   * What the bytes of all engines' results depend on, by name: versions, native binary, processor
   * kind, threads.
   */
  public SortedMap<String, String> determinants() {
    return determinants(providers.keySet());
  }

  /** What the bytes of some engines' results depend on. */
  public SortedMap<String, String> determinants(Collection<EngineName> names) {
    SortedMap<String, String> merged = new TreeMap<>();
    for (EngineName name : names) {
      provider(name).determinants().forEach((key, value) -> add(merged, key, value));
    }
    return merged;
  }

  private static void add(SortedMap<String, String> merged, String key, String value) {
    String other = merged.put(key, value);
    if (other != null && !other.equals(value)) {
      throw new IllegalStateException(
          "expected one %s for all engines, found %s and %s".formatted(key, other, value));
    }
  }
}
