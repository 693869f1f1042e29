package io.tombola.deploy.broker;

import io.tombola.deploy.process.JavaSerialization;
import io.tombola.deploy.process.TerminalSignals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The child process: {@code BrokerMain FOLDER ADDRESS-FILE}. Prints {@code READY host:port} when it
 * accepts clients, and exits when its standard input closes, which also happens when its parent is
 * killed.
 */
final class BrokerMain {

  static final String READY = "READY ";

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch orphaned = new CountDownLatch(1);

  private BrokerMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    JavaSerialization.disable();
    TerminalSignals.ignore("INT", "HUP");
    BrokerMain broker = new BrokerMain();
    broker.watchParent(Thread.currentThread());
    broker.serve(Path.of(args[0]), Path.of(args[1]));
    Runtime.getRuntime().halt(0);
  }

  private void serve(Path folder, Path address) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    BrokerLock lock = BrokerLock.acquire(new BrokerDirectory(folder).lock());
    try (lock;
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      started.countDown();
      BrokerAddress.write(address, broker.address());
      System.out.println(READY + broker.address());
      orphaned.await();
      Files.deleteIfExists(address);
    }
  }

  private void watchParent(Thread main) {
    Thread watch = new Thread(() -> exitWithParent(main), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Waits until the parent has ended, then ends this process. */
  private void exitWithParent(Thread main) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
      orphaned.countDown();
      if (started.getCount() == 0) {
        main.join(SHUTDOWN_TIMEOUT.toMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch the parent process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Not started yet, or not stopped in time: the next broker recovers the log.
    Runtime.getRuntime().halt(1);
  }
}
