package io.tombola.deploy.broker;

import io.tombola.protocol.text.ExceptionMessage;
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
 * The embedded broker as a child process, restarted with a backoff when it crashes. It starts in
 * the background and ends with this process in any case. Thread-safe; the caller closes it.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(15);
  private static final int MAX_LOG_TAIL = 1 << 16;
  // With less space some writes, such as those of mapped files, fail with unspecific errors.
  private static final long MIN_FREE_BYTES = 1 << 16;

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
   * @param folder the broker's folder; waits while another broker uses it
   * @param addressFile the file that {@link BrokerAddress#find} reads
   * @param logFile receives the broker's log
   */
  public static BrokerProcess start(Path folder, Path addressFile, Path logFile) {
    BrokerProcess broker = new BrokerProcess(new BrokerCommand(folder, addressFile, logFile));
    broker.supervisor.start();
    return broker;
  }

  /**
   * The address after the first start, {@code host:port}; fails with an {@link IOException} if the
   * broker crashed too often or was closed before.
   */
  public CompletionStage<String> ready() {
    return ready.minimalCompletionStage();
  }

  /** The current address; empty while the broker is starting. */
  public Optional<String> address() {
    return address;
  }

  /** The broker's process, while there is one. */
  public OptionalLong pid() {
    return child.map(process -> OptionalLong.of(process.pid())).orElseGet(OptionalLong::empty);
  }

  /**
   * Whether the broker is down because its disk is full, according to its log or the free space.
   */
  public boolean outOfSpace() {
    return address.isEmpty() && (outOfSpace || !hasFreeSpace());
  }

  private boolean hasFreeSpace() {
    try {
      return Files.getFileStore(command.folder()).getUsableSpace() >= MIN_FREE_BYTES;
    } catch (IOException e) {
      LOG.warn("cannot determine the free disk space of the broker: {}", e.toString());
      return true;
    }
  }

  private void supervise() {
    RestartPolicy restarts = new RestartPolicy();
    try {
      while (closing.getCount() > 0) {
        long started = System.nanoTime();
        long logLength = command.logFile().toFile().length();
        String exit = runOnce();
        outOfSpace = reportsFullDisk(logLength);
        Optional<Duration> pause = restarts.after(Duration.ofNanos(System.nanoTime() - started));
        if (closing.getCount() > 0) {
          if (pause.isEmpty()) {
            fail(exit);
            return;
          }
          LOG.warn("the broker {}; restarting it (see {})", exit, command.logFile());
          boolean closed = closing.await(pause.get().toMillis(), TimeUnit.MILLISECONDS);
          LOG.debug("restarting the broker, closed: {}", closed);
        }
      }
      ready.completeExceptionally(new IOException("the broker was closed before it had started"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the broker's log reports a full disk after position {@code from}. */
  private boolean reportsFullDisk(long from) {
    if (Files.notExists(command.logFile())) {
      return false;
    }
    try (FileChannel log = FileChannel.open(command.logFile())) {
      long start = Math.max(from, log.size() - MAX_LOG_TAIL);
      ByteBuffer text = ByteBuffer.allocate((int) Math.max(0, log.size() - start));
      log.read(text, start);
      return NoSpaceException.isMeantBy(StandardCharsets.UTF_8.decode(text.flip()).toString());
    } catch (IOException e) {
      LOG.warn("cannot read the broker's log: {}", e.toString());
      return false;
    }
  }

  private void fail(String exit) {
    String message =
        "the embedded broker %s too often and is not restarted; results stay in the journal (see %s)"
            .formatted(exit, command.logFile());
    LOG.warn(message);
    ready.completeExceptionally(new IOException(message));
  }

  /** Runs the broker until it exits; returns how it exited. */
  private String runOnce() throws InterruptedException {
    try {
      Process process = command.start();
      child = Optional.of(process);
      if (closing.getCount() == 0) {
        process.getOutputStream().close();
      }
      try (BufferedReader output = process.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          handleLine(line);
        }
      }
      return "ended with status " + process.waitFor();
    } catch (IOException e) {
      return "cannot be started: " + ExceptionMessage.of(e);
    } finally {
      address = Optional.empty();
      child = Optional.empty();
    }
  }

  private void handleLine(String line) {
    if (line.startsWith(BrokerMain.READY)) {
      String started = line.substring(BrokerMain.READY.length());
      address = Optional.of(started);
      ready.complete(started);
    }
  }

  /** Shuts the broker down; kills it after 15 seconds. */
  @Override
  public void close() {
    closing.countDown();
    child.ifPresent(BrokerProcess::closeInput);
    try {
      supervisor.join(SHUTDOWN_TIMEOUT.toMillis());
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
