package io.tombola.training.engine;

import java.util.List;
import java.util.SortedMap;

/** A way to compute, registered as a {@link java.util.ServiceLoader} service. Thread-safe. */
public interface EngineProvider {

  /**
   * The devices this provider can open here; empty if it cannot work on this machine.
   *
   * @param cpuSlots how many processor cores to offer, if it computes on them
   */
  List<Device> devices(int cpuSlots);

  /** Opens an engine on one of {@link #devices}, for the calling thread. */
  Engine open(Device device);

  /** What the bytes of a result depend on, by name: versions, native binary, processor, threads. */
  SortedMap<String, String> determinants();
}
