package io.tombola.actors.publish;

import java.util.concurrent.ExecutionException;

/** The cluster did not do what it was asked; the message is one line for the user. */
public final class KafkaUnavailableException extends RuntimeException {

  private final boolean starting;

  KafkaUnavailableException(String message) {
    super(message);
    starting = false;
  }

  private KafkaUnavailableException() {
    super("the broker is not up yet");
    starting = true;
  }

  static KafkaUnavailableException starting() {
    return new KafkaUnavailableException();
  }

  /** Whether nothing is wrong: nobody has said yet where the cluster is. */
  boolean isStarting() {
    return starting;
  }

  KafkaUnavailableException(KafkaCluster cluster, Exception cause) {
    super("Kafka at " + cluster.bootstrapServers() + ": " + reason(cause), cause);
    starting = false;
  }

  private static String reason(Exception failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
