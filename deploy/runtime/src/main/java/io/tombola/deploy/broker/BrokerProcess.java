package io.tombola.deploy.broker;

import io.tombola.storage.NoSpaceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded broker as a child process, restarted when it crashes. It starts in the background;
 * nobody has to wait. All methods are thread-safe; whoever started it closes it, and it ends with
 * this process in any case.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
  private static final Duration FAREWELL = Duration.ofSeconds(15);
  private static final int LAST_WORDS = 1 << 16;
  // Some writes fail in words of their own when there is less: mapped files, for one.
  private static final long LEAST_ROOM = 1 << 16;

  private final BrokerCommand command;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread supervisor = new Thread(this::supervise, "tombola-broker");
  private volatile Optional<Process> child = Optional.empty();
  private volatile Optional<String> address = Optional.empty();
  private volatile boolean outOfSpace;

  private BrokerProcess(BrokerCommand command) {
    this.command = command;
    supervisor.setDaemon(true);
  }

  /**
   * Starts a broker on this process's class path; returns at once.
   *
   * @param folder the broker's own; one that another broker still holds is waited for
   * @param addressFile where {@link BrokerAddress#find} looks for it
   * @param logFile gets what the broker has to say
   */
  public static BrokerProcess start(Path folder, Path addressFile, Path logFile) {
    BrokerProcess broker = new BrokerProcess(new BrokerCommand(folder, addressFile, logFile));
    broker.supervisor.start();
    return broker;
  }

  /**
   * The address of the first start, {@code host:port}; fails with an {@link IOException} if the
   * broker was given up or closed before.
   */
  public CompletionStage<String> ready() {
    return ready.minimalCompletionStage();
  }

  /** Where the broker answers now; empty while it is starting. */
  public Optional<String> address() {
    return address;
  }

  /** The broker's process, while there is one. */
  public OptionalLong pid() {
    return child.map(process -> OptionalLong.of(process.pid())).orElseGet(OptionalLong::empty);
  }

  /** Whether the broker is down because its disk is full: it said so, or there is no room now. */
  public boolean outOfSpace() {
    return address.isEmpty() && (outOfSpace || !hasRoom());
  }

  private boolean hasRoom() {
    try {
      return Files.getFileStore(command.folder()).getUsableSpace() >= LEAST_ROOM;
    } catch (IOException e) {
      LOG.warn("cannot tell how much room the broker has: {}", e.toString());
      return true;
    }
  }

  private void supervise() {
    RestartPolicy restarts = new RestartPolicy();
    try {
      while (closing.getCount() > 0) {
        long started = System.nanoTime();
        long said = command.logFile().toFile().length();
        String end = live();
        outOfSpace = complainsOfSpace(said);
        Optional<Duration> pause = restarts.after(Duration.ofNanos(System.nanoTime() - started));
        if (closing.getCount() > 0) {
          if (pause.isEmpty()) {
            giveUp(end);
            return;
          }
          LOG.warn("the broker {}; starting it again (see {})", end, command.logFile());
          boolean closed = closing.await(pause.get().toMillis(), TimeUnit.MILLISECONDS);
          LOG.debug("starting the broker, closed: {}", closed);
        }
      }
      ready.completeExceptionally(new IOException("the broker was closed before it was up"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the broker's log, from a position on, says that the disk is full. */
  private boolean complainsOfSpace(long from) {
    if (Files.notExists(command.logFile())) {
      return false;
    }
    try (FileChannel log = FileChannel.open(command.logFile())) {
      long start = Math.max(from, log.size() - LAST_WORDS);
      ByteBuffer text = ByteBuffer.allocate((int) Math.max(0, log.size() - start));
      log.read(text, start);
      return NoSpaceException.isMeantBy(StandardCharsets.UTF_8.decode(text.flip()).toString());
    } catch (IOException e) {
      LOG.warn("cannot read what the broker said: {}", e.toString());
      return false;
    }
  }

  private void giveUp(String end) {
    String message =
        "the embedded broker %s again and again and is given up; results stay in the journal (see %s)"
            .formatted(end, command.logFile());
    LOG.warn(message);
    ready.completeExceptionally(new IOException(message));
  }

  /** One life of the broker; says how it ended. */
  private String live() throws InterruptedException {
    try {
      Process process = command.start();
      child = Optional.of(process);
      if (closing.getCount() == 0) {
        process.getOutputStream().close();
      }
      try (BufferedReader output = process.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          heard(line);
        }
      }
      return "ended with status " + process.waitFor();
    } catch (IOException e) {
      return "cannot be started: " + e.getMessage();
    } finally {
      address = Optional.empty();
      child = Optional.empty();
    }
  }

  private void heard(String line) {
    if (line.startsWith(BrokerMain.READY)) {
      String answered = line.substring(BrokerMain.READY.length());
      address = Optional.of(answered);
      ready.complete(answered);
    }
  }

  /** Stops the broker in order, by force if it takes longer than 15 seconds. */
  @Override
  public void close() {
    closing.countDown();
    child.ifPresent(BrokerProcess::closeInput);
    try {
      supervisor.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    child.ifPresent(Process::destroyForcibly);
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the broker had closed its input already", e);
    }
  }
}
