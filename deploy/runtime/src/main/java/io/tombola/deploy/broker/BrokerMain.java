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
 * The child process: {@code BrokerMain FOLDER ADDRESS-FILE}. Prints {@code READY host:port} when
 * clients may come, and ends when its standard input does, which is when its parent ends, however
 * that happens.
 */
final class BrokerMain {

  static final String READY = "READY ";

  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final CountDownLatch up = new CountDownLatch(1);
  private final CountDownLatch orphaned = new CountDownLatch(1);

  private BrokerMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    JavaSerialization.refuse();
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
      up.countDown();
      BrokerAddress.write(address, broker.address());
      System.out.println(READY + broker.address());
      orphaned.await();
      Files.deleteIfExists(address);
    }
  }

  private void watchParent(Thread main) {
    Thread watch = new Thread(() -> outlive(main), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Waits for the parent's end, then sees that this process ends too. */
  private void outlive(Thread main) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
      orphaned.countDown();
      if (up.getCount() == 0) {
        main.join(FAREWELL.toMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch the parent process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // It never served anybody, or does not stop in order; the next one repairs its log.
    Runtime.getRuntime().halt(1);
  }
}
