package io.tombola.actors.publish;

import io.tombola.protocol.text.ExceptionMessage;
import java.util.concurrent.ExecutionException;

/** The cluster did not answer or refused a request; the message is one line for the user. */
public final class KafkaUnavailableException extends RuntimeException {

  private final boolean starting;

  /** Reports {@code message}. */
  public KafkaUnavailableException(String message) {
    super(message);
    starting = false;
  }

  private KafkaUnavailableException() {
    super("the broker is not up yet");
    starting = true;
  }

  /** Reports that the address of the cluster is not known yet. */
  public static KafkaUnavailableException starting() {
    return new KafkaUnavailableException();
  }

  /** Whether nothing is wrong: the embedded broker has not reported its address yet. */
  public boolean isStarting() {
    return starting;
  }

  /** Reports what {@code cluster} failed with. */
  public KafkaUnavailableException(KafkaCluster cluster, Exception cause) {
    super("Kafka at " + cluster.bootstrapServers() + ": " + reason(cause), cause);
    starting = false;
  }

  private static String reason(Exception failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return ExceptionMessage.firstLineOf(cause);
  }
}
