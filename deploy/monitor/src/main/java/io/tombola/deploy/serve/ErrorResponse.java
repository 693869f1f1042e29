package io.tombola.deploy.serve;

import akka.http.javadsl.model.StatusCodes;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.artifact.CorruptArtifactException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps an exception to the problem that the client receives. */
final class ErrorResponse {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorResponse.class);

  private ErrorResponse() {}

  static Problem problem(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof BadRequestException bad) {
      return bad.problem();
    }
    if (cause instanceof NoStoreException || cause instanceof JournalUnavailableException) {
      return Problem.of(StatusCodes.SERVICE_UNAVAILABLE, ExceptionMessage.of(cause));
    }
    if (cause instanceof CorruptArtifactException || cause instanceof DamagedJournalException) {
      return Problem.of(StatusCodes.INTERNAL_SERVER_ERROR, ExceptionMessage.of(cause));
    }
    LOG.warn("a request failed", cause);
    return Problem.of(
        StatusCodes.INTERNAL_SERVER_ERROR,
        "internal error: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }
}
