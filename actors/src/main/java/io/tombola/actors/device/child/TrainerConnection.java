package io.tombola.actors.device.child;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to a trainer's process. Answers come on a thread of its own; its other methods belong to
 * one thread, which closes it.
 */
final class TrainerConnection {

  /** Who is at the parent's end. */
  interface Listener {

    /** The process said something. */
    void heard(TrainerResponse answer);

    /** The process is gone; said once, unless the line was closed first. */
    void ended(String how);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TrainerConnection.class);
  private static final Duration AFTER_LAST_WORD = Duration.ofSeconds(2);
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = SIGNALLED + 9;

  private final TrainerProcess child;
  private final String device;
  private final Listener listener;
  private final FrameWriter<TrainerRequest> orders;
  private volatile boolean closed;

  private TrainerConnection(TrainerProcess child, String device, Listener listener) {
    this.child = child;
    this.device = device;
    this.listener = listener;
    this.orders = new FrameWriter<>(child.process().getOutputStream(), TrainerRequest.class);
  }

  /** Listens to {@code child} from now on. */
  static TrainerConnection open(TrainerProcess child, String device, Listener listener) {
    TrainerConnection line = new TrainerConnection(child, device, listener);
    Thread thread = new Thread(line::listen, "line-" + device);
    thread.setDaemon(true);
    thread.start();
    return line;
  }

  /** Passes an order on; one that cannot be is lost with the process. */
  void tell(TrainerRequest order) {
    try {
      orders.write(order);
    } catch (IOException e) {
      LOG.debug("the trainer of {} does not read any more", device, e);
      kill();
    }
  }

  /** Ends the process at once; what it said before is still heard. */
  void kill() {
    // The process's own method would close its output before it is read.
    child.process().toHandle().destroyForcibly();
  }

  /** Lets the process end, by force if it takes longer than {@code farewell}. */
  void close(Duration farewell) {
    closed = true;
    try {
      child.process().getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the trainer of {} had closed its input already", device, e);
    }
    awaitEnd(farewell);
  }

  private void listen() {
    String trouble = "";
    try {
      FrameReader<TrainerResponse> answers = reader();
      for (Optional<TrainerResponse> next = answers.read();
          next.isPresent();
          next = answers.read()) {
        listener.heard(next.get());
      }
    } catch (EOFException e) {
      LOG.debug("the trainer of {} ended within a message", device, e);
    } catch (RuntimeException | Error e) {
      LOG.error("cannot listen to the trainer of {}", device, e);
      trouble = "cannot be listened to (" + e + ") and ";
      kill();
    } catch (IOException e) {
      trouble = "said what is no message (" + e.getMessage() + ") and ";
      kill();
    }
    int status = awaitEnd(AFTER_LAST_WORD);
    if (!closed) {
      listener.ended(trouble + ending(status));
    }
  }

  private FrameReader<TrainerResponse> reader() {
    return new FrameReader<>(
        child.process().getInputStream(),
        TrainerResponse.class,
        text -> LOG.info("the trainer of {} printed: {}", device, text));
  }

  private int awaitEnd(Duration patience) {
    try {
      if (!child.process().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
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
    String words = child.lastWords().get();
    String how =
        status > SIGNALLED
            ? "died of signal " + (status - SIGNALLED)
            : "ended with status " + status;
    return words.isEmpty() ? how : how + ": " + words;
  }
}
