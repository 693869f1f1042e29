package io.tombola.protocol.text;

import static java.util.Objects.requireNonNullElse;

/** What an exception tells the user. Stateless and thread-safe. */
public final class ExceptionMessage {

  private ExceptionMessage() {}

  /** The message of {@code e}, or its type where it has none. */
  public static String of(Throwable e) {
    return requireNonNullElse(e.getMessage(), e.toString());
  }

  /** The first line of {@link #of}. */
  public static String firstLineOf(Throwable e) {
    return of(e).lines().findFirst().orElse("");
  }
}
