package io.tombola.actors.device.child;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parent's connection to a trainer's process. Responses arrive on a thread of its own; its
 * methods belong to one thread, which closes it.
 */
final class TrainerConnection {

  /** Receives what the process sends. */
  interface Listener {

    /** The process has sent a message. */
    void received(TrainerResponse response);

    /** The process has ended; called once, unless the connection was closed before. */
    void ended(String how);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TrainerConnection.class);
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(2);
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = SIGNALLED + 9;

  private final TrainerProcess child;
  private final String device;
  private final Listener listener;
  private final FrameWriter<TrainerRequest> requests;
  private volatile boolean closed;

  private TrainerConnection(TrainerProcess child, String device, Listener listener) {
    this.child = child;
    this.device = device;
    this.listener = listener;
    this.requests = new FrameWriter<>(child.process().getOutputStream(), TrainerRequest.class);
  }

  /** Reads from {@code child} from now on. */
  static TrainerConnection open(TrainerProcess child, String device, Listener listener) {
    TrainerConnection connection = new TrainerConnection(child, device, listener);
    Thread thread = new Thread(connection::read, "connection-" + device);
    thread.setDaemon(true);
    thread.start();
    return connection;
  }

  /** Sends a request; one that cannot be sent is lost with the process. */
  void send(TrainerRequest request) {
    try {
      requests.write(request);
    } catch (IOException e) {
      LOG.debug("the trainer of {} no longer reads", device, e);
      kill();
    }
  }

  /** Kills the process; what it has sent before is still received. */
  void kill() {
    // Process.destroyForcibly would close its output before it is read.
    child.process().toHandle().destroyForcibly();
  }

  /** Closes the input of the process, and kills it if it has not ended after {@code timeout}. */
  void close(Duration timeout) {
    closed = true;
    try {
      child.process().getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the trainer of {} had closed its input already", device, e);
    }
    awaitEnd(timeout);
  }

  private void read() {
    String failure = "";
    try {
      FrameReader<TrainerResponse> responses = reader();
      for (Optional<TrainerResponse> next = responses.read();
          next.isPresent();
          next = responses.read()) {
        listener.received(next.get());
      }
    } catch (EOFException e) {
      LOG.debug("the trainer of {} ended within a message", device, e);
    } catch (RuntimeException | Error e) {
      LOG.error("cannot read from the trainer of {}", device, e);
      failure = "cannot be read (" + e + ") and ";
      kill();
    } catch (IOException e) {
      failure = "sent an invalid message (" + ExceptionMessage.of(e) + ") and ";
      kill();
    }
    int status = awaitEnd(EXIT_TIMEOUT);
    if (!closed) {
      listener.ended(failure + ending(status));
    }
  }

  private FrameReader<TrainerResponse> reader() {
    return new FrameReader<>(
        child.process().getInputStream(),
        TrainerResponse.class,
        text -> LOG.info("the trainer of {} printed: {}", device, text));
  }

  private int awaitEnd(Duration timeout) {
    try {
      if (!child.process().waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      return child.process().waitFor();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      return SIGKILL;
    }
  }

  private String ending(int status) {
    if (status == SIGKILL) {
      return "was killed (SIGKILL)";
    }
    String errors = child.lastErrors().get();
    String how =
        status > SIGNALLED
            ? "died of signal " + (status - SIGNALLED)
            : "ended with status " + status;
    return errors.isEmpty() ? how : how + ": " + errors;
  }
}
