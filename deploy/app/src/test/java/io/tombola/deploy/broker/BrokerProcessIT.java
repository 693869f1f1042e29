package io.tombola.deploy.broker;

import static io.tombola.deploy.broker.BrokerFixture.TIMEOUT;
import static io.tombola.deploy.broker.BrokerFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.publish.KafkaUnavailableException;
import io.tombola.protocol.record.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {

  @TempDir Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isFoundByOtherProcessesAndRestartsAtItsAddressAfterACrash() throws Exception {
    Path file = BrokerFixture.addressFile(folder);
    assertEquals(Optional.empty(), BrokerAddress.find(file));
    try (BrokerFixture broker = BrokerFixture.start(folder)) {
      String address = broker.address();
      assertEquals(Optional.of(address), BrokerAddress.find(file));

      sendSigint(broker);
      String answer =
          assertThrows(KafkaUnavailableException.class, () -> Rounds.read(address)).getMessage();
      assertTrue(answer.contains("has no topic " + Topics.ROUNDS), answer);

      broker.kill();
      assertTrue(Files.exists(file), "a crashed broker does not delete its file");
      assertEquals(Optional.empty(), BrokerAddress.find(file));

      await("the restart", () -> broker.process().address().isPresent());
      assertEquals(Optional.of(address), broker.process().address());
    }
    assertFalse(Files.exists(file));
    String log = Files.readString(BrokerFixture.logFile(folder));
    assertTrue(log.lines().count() < 20, () -> "expected fewer than 20 lines: " + log);
  }

  @Test
  void exitsWhenItsInputClosesAndTheNextBrokerWaitsForIt() throws Exception {
    BrokerCommand command =
        new BrokerCommand(
            folder.resolve("kafka"),
            BrokerFixture.addressFile(folder),
            BrokerFixture.logFile(folder));
    Process orphan = command.start();
    assertTrue(orphan.inputReader().readLine().startsWith(BrokerMain.READY));

    orphan.getOutputStream().close();
    try (BrokerFixture successor = BrokerFixture.start(folder)) {
      assertFalse(successor.address().isEmpty());
      assertTrue(orphan.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
      assertEquals(0, orphan.exitValue(), "the broker stops normally");
    }
  }

  @Test
  void closesWhileItIsStarting() {
    BrokerFixture broker = BrokerFixture.start(folder);
    await("the process", () -> broker.process().pid().isPresent());
    broker.close();

    assertThrows(ExecutionException.class, broker::address);
    assertTrue(broker.process().pid().isEmpty());
  }

  /** Sends the signal that Ctrl-C in a terminal sends to every process. */
  private static void sendSigint(BrokerFixture broker) throws Exception {
    String pid = Long.toString(broker.process().pid().orElseThrow());
    assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
  }
}
