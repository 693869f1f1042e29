package io.tombola.training.data.fetch;

/** Receives the progress of downloads, on the thread that downloads. */
@FunctionalInterface
public interface FetchListener {

  /** Handles one step of a download. */
  void on(FetchProgress progress);
}
