package io.tombola.actors.failure;

import java.util.Objects;

/** The text that describes an exception to a person. */
public final class ErrorMessage {

  private ErrorMessage() {}

  /** The exception's message; its type where it has no message. */
  public static String of(Throwable thrown) {
    return Objects.requireNonNullElse(thrown.getMessage(), thrown.toString());
  }
}
