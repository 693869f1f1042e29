package io.tombola.actors.failure;

import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialFailure.Kind;
import io.tombola.storage.CorruptArtifactException;
import io.tombola.storage.NoSpaceException;
import io.tombola.training.data.BadDataException;
import io.tombola.training.engine.DivergedException;
import java.util.Optional;

/** Names the kind of failure behind an exception. */
public final class FailureReport {

  private FailureReport() {}

  /** The failure that {@code thrown} or the first telling exception among its causes stands for. */
  public static TrialFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DivergedException diverged) {
        return new TrialFailure(
            Kind.DIVERGED,
            diverged.getMessage(),
            Optional.of(diverged.iteration()),
            diverged.layer());
      }
      Kind kind = kindOf(cause);
      if (kind != Kind.BUG) {
        return new TrialFailure(kind, String.valueOf(cause.getMessage()));
      }
    }
    return new TrialFailure(Kind.BUG, thrown.toString());
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
    return thrown instanceof BadDataException ? Kind.BAD_DATA : Kind.BUG;
  }
}
