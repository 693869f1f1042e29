package io.tombola.deploy.broker;

import io.tombola.actors.publish.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A broker process in a test's folder. */
record BrokerFixture(Path folder, BrokerProcess process) implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static final Duration CHECK = Duration.ofMillis(10);

  static BrokerFixture start(Path folder) {
    return new BrokerFixture(
        folder, BrokerProcess.start(folder.resolve("kafka"), addressFile(folder), logFile(folder)));
  }

  static Path addressFile(Path folder) {
    return folder.resolve("kafka").resolve("address");
  }

  static Path logFile(Path folder) {
    return folder.resolve("logs").resolve("broker.log");
  }

  /** Waits until the broker has started; returns its address. */
  String address() throws Exception {
    return process.ready().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  Optional<KafkaCluster> cluster() {
    return process.address().map(KafkaCluster::at);
  }

  /** Kills the broker as {@code kill -9} does, and waits until its supervisor has noticed. */
  void kill() throws Exception {
    long pid = process.pid().orElseThrow();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await("the end of the broker", () -> process.pid().orElse(pid + 1) != pid);
  }

  static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(TIMEOUT).pollInterval(CHECK).until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    process.close();
  }
}
