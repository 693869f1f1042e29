package io.tombola.storage.journal.akka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** Futures as Akka's plug-in interfaces want them. Stateless. */
final class ScalaFutures {

  private ScalaFutures() {}

  /** The same outcome; a failure comes as it was thrown, so that its cause is named to users. */
  @SuppressWarnings("FutureReturnValueIgnored") // The promise has the outcome.
  static <T> Future<T> of(CompletableFuture<T> future) {
    Promise<T> promise = Promise.apply();
    future.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            promise.success(value);
          } else {
            promise.failure(unwrapped(failure));
          }
        });
    return promise.future();
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? unwrapped(failure.getCause())
        : failure;
  }
}
