package io.tombola.actors.failure;

import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialFailure.Kind;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.artifact.CorruptArtifactException;
import io.tombola.training.data.BadDataException;
import io.tombola.training.engine.DivergedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Derives the kind of a failure from an exception. */
public final class FailureClassifier {

  // Parts of messages of JavaCPP, ND4J's native library and CUDA, in lower case.
  private static final List<String> NO_MEMORY =
      List.of(
          "physical memory usage is too high",
          "failed to allocate",
          "allocation failed",
          "cannot allocate",
          "out of memory");

  private FailureClassifier() {}

  /** The failure behind {@code thrown}: of the first exception among its causes that is known. */
  public static TrialFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DivergedException diverged) {
        return new TrialFailure(
            Kind.DIVERGED,
            ExceptionMessage.of(diverged),
            Optional.of(diverged.iteration()),
            diverged.layer());
      }
      Kind kind = kindOf(cause);
      if (kind == Kind.OUT_OF_MEMORY) {
        return outOfMemory(cause);
      }
      if (kind != Kind.BUG) {
        return new TrialFailure(kind, ExceptionMessage.of(cause));
      }
    }
    return new TrialFailure(Kind.BUG, thrown.toString());
  }

  private static TrialFailure outOfMemory(Throwable cause) {
    String found = ExceptionMessage.firstLineOf(cause);
    return new TrialFailure(
        Kind.OUT_OF_MEMORY,
        "expected memory for the training, found none left ("
            + found
            + "); train fewer at a time by --set devices.cpu-slots=1, or give Java more by"
            + " TOMBOLA_JAVA_OPTS=-Xmx8g, and type the same command again");
  }

  /** Native allocations fail with exceptions of many types; only the message identifies them. */
  private static boolean isMemoryMessage(Throwable thrown) {
    String message = ExceptionMessage.of(thrown).toLowerCase(Locale.ROOT);
    return NO_MEMORY.stream().anyMatch(message::contains);
  }

  private static Kind kindOf(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return Kind.OUT_OF_MEMORY;
    }
    if (thrown instanceof CorruptArtifactException) {
      return Kind.CORRUPT_ARTIFACT;
    }
    if (thrown instanceof NoSpaceException) {
      return Kind.NO_SPACE;
    }
    if (thrown instanceof BadDataException) {
      return Kind.BAD_DATA;
    }
    return isMemoryMessage(thrown) ? Kind.OUT_OF_MEMORY : Kind.BUG;
  }
}
