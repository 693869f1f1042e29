package io.tombola.training.engine;

import java.util.List;
import java.util.SortedMap;

/** An engine that is not on any device yet. Thread-safe. */
public interface EngineProvider {

  /**
   * The devices this provider found here; empty if it cannot work on this machine, or works on the
   * devices that others find.
   *
   * @param cpuSlots how many processor cores to offer, if it computes on them
   */
  default List<Device> devices(int cpuSlots) {
    return List.of();
  }

  /** Whether it can compute on a device, whichever provider found it. */
  default boolean worksOn(Device device) {
    return device.kind() == Device.Kind.CPU;
  }

  /** Opens an engine on a device that it {@link #worksOn}, for the calling thread. */
  Engine open(Device device);

  /**
   * What the bytes of a result depend on, by name: versions, native binary, processor, threads. A
   * name that another provider has, too, has the same value there.
   */
  SortedMap<String, String> determinants();
}
