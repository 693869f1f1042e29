package io.tombola.deploy.broker;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A process that publishes rounds and prints their numbers; tests kill it at any moment. */
final class PublisherProcess {

  private PublisherProcess() {}

  static Process start(String address, String campaign, int rounds) throws IOException {
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
