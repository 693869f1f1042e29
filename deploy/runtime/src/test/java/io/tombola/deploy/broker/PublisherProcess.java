package io.tombola.deploy.broker;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A process that publishes rounds and prints their numbers; tests kill it at any moment. */
final class PublisherProcess {

  private PublisherProcess() {}

  /**
   * Publishes in one process after the other, each killed after five rounds.
   *
   * @return a round that is not below the last one published
   */
  static int publishUnderKills(String address, String campaign, int kills)
      throws IOException, InterruptedException {
    int round = 0;
    for (int kill = 1; kill <= kills; kill++) {
      Process child = start(address, campaign, round);
      BufferedReader output = child.inputReader();
      for (int printed = 0; printed < 5; printed++) {
        round = Integer.parseInt(output.readLine());
      }
      child.destroyForcibly().waitFor();
      // The process may have published more than it printed.
      round += 2;
    }
    return round;
  }

  private static Process start(String address, String campaign, int rounds) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PublisherProcess.class.getName(),
                address,
                campaign,
                Integer.toString(rounds)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws InterruptedException {
    int round = Integer.parseInt(args[2]);
    JournalFixture journal = new JournalFixture(args[1]).addRounds(round);
    try (Publisher publisher =
        new Publisher(
            journal,
            () -> Optional.of(KafkaCluster.at(args[0])),
            PublisherSettings.of(args[1]),
            Clock.systemUTC())) {
      publisher.start();
      while (publisher.awaitDrained(BrokerFixture.TIMEOUT)) {
        System.out.println(round);
        round++;
        journal.addRound(round);
      }
    }
  }
}
