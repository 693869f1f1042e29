package io.tombola.deploy.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The child process: {@code BrokerMain FOLDER ADDRESS-FILE}. Prints {@code READY host:port} when
 * clients may come, and ends when its standard input does, which is when its parent ends, however
 * that happens.
 */
final class BrokerMain {

  static final String READY = "READY ";

  private static final Duration PREDECESSOR = Duration.ofSeconds(30);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private BrokerMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    TerminalSignals.ignore();
    CountDownLatch orphaned = watchParent(Thread.currentThread());
    Path folder = Path.of(args[0]);
    Path address = Path.of(args[1]);
    Files.createDirectories(folder);
    BrokerLock lock = BrokerLock.acquire(new BrokerDirectory(folder).lock(), PREDECESSOR);
    try (lock;
        EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      BrokerAddress.write(address, broker.address());
      System.out.println(READY + broker.address());
      orphaned.await();
      Files.deleteIfExists(address);
    }
    Runtime.getRuntime().halt(0);
  }

  private static CountDownLatch watchParent(Thread main) {
    CountDownLatch orphaned = new CountDownLatch(1);
    Thread watch = new Thread(() -> outlive(main, orphaned), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    return orphaned;
  }

  private static void outlive(Thread main, CountDownLatch orphaned) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
      orphaned.countDown();
      main.join(FAREWELL.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch the parent process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The broker did not stop in order; the next one repairs its log.
    Runtime.getRuntime().halt(1);
  }
}
