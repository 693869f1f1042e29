package io.tombola.deploy.cli;

import io.tombola.deploy.config.BadConfigException;
import io.tombola.deploy.run.ChangedCampaignException;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.storage.CorruptArtifactException;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreInUseException;
import io.tombola.storage.journal.DamagedJournalException;
import io.tombola.training.data.BadDataException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a user is told of an exception: one line and an exit code, never a stack trace. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  // Each of these carries a message that was written for the user.
  private static final Map<Class<? extends Throwable>, ExitCode> KNOWN =
      Map.of(
          BadConfigException.class, ExitCode.USAGE,
          InvalidSpecException.class, ExitCode.USAGE,
          NoStoreException.class, ExitCode.USAGE,
          StoreInUseException.class, ExitCode.IN_USE,
          BadDataException.class, ExitCode.USAGE,
          ChangedCampaignException.class, ExitCode.USAGE,
          DamagedJournalException.class, ExitCode.DAMAGED,
          CorruptArtifactException.class, ExitCode.DAMAGED,
          NoSpaceException.class, ExitCode.NO_SPACE);

  private Failures() {}

  /**
   * The end of a command.
   *
   * @param line for standard error
   */
  public record Failure(ExitCode code, String line) {}

  /**
   * Explains {@code thrown} by the first of it and its causes that is meant for users; what is a
   * mistake of this program is logged with its stack trace.
   */
  public static Failure explain(Throwable thrown) {
    return causes(thrown)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElseGet(() -> unknown(thrown));
  }

  private static Optional<Failure> known(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(
          new Failure(
              ExitCode.FAILED,
              "out of memory ("
                  + firstLine(cause)
                  + "): expected more than "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MiB of heap; set TOMBOLA_JAVA_OPTS=-Xmx4g and run the same command again"));
    }
    return KNOWN.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(cause))
        .map(entry -> new Failure(entry.getValue(), firstLine(cause)))
        .findFirst();
  }

  private static Failure unknown(Throwable thrown) {
    String log = Logs.file();
    LOG.error("internal error", thrown);
    return new Failure(
        ExitCode.FAILED,
        "internal error: "
            + thrown.getClass().getSimpleName()
            + ": "
            + firstLine(thrown)
            + "; details in "
            + log);
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
