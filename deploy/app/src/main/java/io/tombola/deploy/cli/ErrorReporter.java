package io.tombola.deploy.cli;

import io.tombola.actors.ActorSystemTerminatedException;
import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.deploy.bench.measure.BenchStoppedException;
import io.tombola.deploy.config.BadConfigException;
import io.tombola.deploy.control.CommandRejectedException;
import io.tombola.deploy.control.CommandTimeoutException;
import io.tombola.deploy.run.CancelledCampaignException;
import io.tombola.deploy.run.ChangedCampaignException;
import io.tombola.deploy.serve.BadServeOptionException;
import io.tombola.deploy.torture.TortureFailedException;
import io.tombola.deploy.torture.TortureStoppedException;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.DamagedStoreException;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.NewerJournalException;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.artifact.CorruptArtifactException;
import io.tombola.storage.lock.StoreInUseException;
import io.tombola.training.data.BadDataException;
import io.tombola.training.data.fetch.FetchStoppedException;
import io.tombola.training.engine.NoDeviceException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps an exception to what the user sees: one line and an exit code, never a stack trace. */
public final class ErrorReporter {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorReporter.class);

  // Each of these carries a message that was written for the user.
  private static final Map<Class<? extends Throwable>, ExitCode> KNOWN =
      Map.ofEntries(
          Map.entry(UsageException.class, ExitCode.USAGE),
          Map.entry(BadConfigException.class, ExitCode.USAGE),
          Map.entry(BadServeOptionException.class, ExitCode.USAGE),
          Map.entry(InvalidSpecException.class, ExitCode.USAGE),
          Map.entry(BadDataException.class, ExitCode.USAGE),
          Map.entry(ChangedCampaignException.class, ExitCode.USAGE),
          Map.entry(CancelledCampaignException.class, ExitCode.USAGE),
          Map.entry(CommandRejectedException.class, ExitCode.USAGE),
          Map.entry(NoDeviceException.class, ExitCode.USAGE),
          Map.entry(NoStoreException.class, ExitCode.USAGE),
          Map.entry(NewerJournalException.class, ExitCode.USAGE),
          Map.entry(BadJournalAddressException.class, ExitCode.USAGE),
          Map.entry(JournalUnavailableException.class, ExitCode.FAILED),
          Map.entry(ActorSystemTerminatedException.class, ExitCode.FAILED),
          Map.entry(KafkaUnavailableException.class, ExitCode.FAILED),
          Map.entry(StoreInUseException.class, ExitCode.IN_USE),
          Map.entry(CommandTimeoutException.class, ExitCode.IN_USE),
          Map.entry(CorruptArtifactException.class, ExitCode.DAMAGED),
          Map.entry(DamagedJournalException.class, ExitCode.DAMAGED),
          Map.entry(DamagedStoreException.class, ExitCode.DAMAGED),
          Map.entry(FetchStoppedException.class, ExitCode.INTERRUPTED),
          Map.entry(BenchStoppedException.class, ExitCode.INTERRUPTED),
          Map.entry(TortureStoppedException.class, ExitCode.INTERRUPTED),
          Map.entry(TortureFailedException.class, ExitCode.FAILED),
          Map.entry(NoSpaceException.class, ExitCode.NO_SPACE));

  private ErrorReporter() {}

  /**
   * The end of a command.
   *
   * @param line for standard error
   */
  public record Failure(ExitCode code, String line) {}

  /**
   * Explains {@code thrown} by the first exception in its chain of causes whose message is meant
   * for users; any other exception is a defect of this program and is logged with its stack trace.
   */
  public static Failure explain(Throwable thrown) {
    return causes(thrown)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .orElseGet(() -> unknown(thrown));
  }

  /** Sends uncaught exceptions of threads to the log instead of the terminal. */
  static void logUncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> LOG.error("thread {} ended", thread.getName(), thrown));
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
    String log = LogFile.file();
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
    return ExceptionMessage.firstLineOf(thrown);
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
