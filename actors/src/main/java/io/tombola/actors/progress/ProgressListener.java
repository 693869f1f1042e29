package io.tombola.actors.progress;

/** Receives news, one at a time, on a thread of the pipeline; must return quickly. */
@FunctionalInterface
public interface ProgressListener {

  /** Takes one piece of news. */
  void on(Progress news);
}
