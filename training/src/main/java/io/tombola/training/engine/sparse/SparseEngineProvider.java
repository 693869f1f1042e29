package io.tombola.training.engine.sparse;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Surviving weights only, on the processor cores that another engine found. Its bytes depend on
 * nothing but its own version: neither on the processor nor on Java's.
 */
public final class SparseEngineProvider implements EngineProvider {

  /** Goes up whenever the same training would give other bytes. */
  private static final String VERSION = "2";

  @Override
  public Engine open(Device device) {
    return new SparseEngine(device, KernelSelector.open());
  }

  @Override
  public SortedMap<String, String> determinants() {
    return new TreeMap<>(Map.of("sparse.version", VERSION));
  }
}
