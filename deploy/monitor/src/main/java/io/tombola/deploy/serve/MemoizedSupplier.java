package io.tombola.deploy.serve;

import java.util.Optional;
import java.util.function.Supplier;

/** A memoised supplier: computes its value at the first call. Thread-safe. */
final class MemoizedSupplier<T> implements Supplier<T> {

  private final Supplier<T> source;
  private volatile Optional<T> value = Optional.empty();

  MemoizedSupplier(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    return value.orElseGet(this::compute);
  }

  private synchronized T compute() {
    if (value.isEmpty()) {
      value = Optional.of(source.get());
    }
    return value.orElseThrow();
  }
}
