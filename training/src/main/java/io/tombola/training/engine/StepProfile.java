package io.tombola.training.engine;

import io.tombola.protocol.EngineName;
import java.util.Map;

/**
 * What an engine's training step consists of, part by part, so that a bench can time each; an
 * engine that has such parts registers them as a {@link java.util.ServiceLoader} service.
 */
public interface StepProfile {

  /** Whose step it is. */
  EngineName engine();

  /**
   * The parts of a step, by name, in the order in which a step takes them. Each may be done any
   * number of times, once those before it were done. Confined to one thread.
   */
  Map<String, Runnable> of(SessionSpec session);
}
