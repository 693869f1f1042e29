package io.tombola.actors.progress;

import java.util.List;

/** Receives progress updates, one at a time, on a thread of the pipeline; must return quickly. */
@FunctionalInterface
public interface ProgressListener {

  /** Handles one update. */
  void on(Progress progress);

  /** A listener that passes each update to all {@code listeners}, in their order. */
  static ProgressListener all(List<ProgressListener> listeners) {
    return progress -> listeners.forEach(listener -> listener.on(progress));
  }
}
