package io.tombola.training.data.fetch;

/** Is told, by the thread that fetches, how files come along. */
@FunctionalInterface
public interface FetchListener {

  /** Something happened. */
  void on(FetchProgress news);
}
