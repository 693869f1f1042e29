package io.tombola.deploy.serve;

import java.util.function.Supplier;

/** A memoised supplier: computes its value at the first call. Thread-safe. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> source;
  private volatile T value;

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      synchronized (this) {
        known = value;
        if (known == null) {
          known = source.get();
          value = known;
        }
      }
    }
    return known;
  }
}
