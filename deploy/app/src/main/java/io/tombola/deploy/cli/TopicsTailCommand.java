package io.tombola.deploy.cli;

import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.Topic;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola topics tail}. */
@Command(
    name = "tail",
    description = {
      "Prints the records of a topic from the first one, one per line.",
      "Reads the embedded broker, which it starts if no campaign runs, or the one given by --set."
    })
final class TopicsTailCommand extends StoreCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC",
      description = "rounds, campaigns, progress, or a topic's name (default: rounds).")
  private String topic = Topic.ROUNDS.shortName();

  @Option(names = "--follow", description = "Wait for new records until Ctrl-C.")
  private boolean follow;

  @Mixin private BrokerOptions broker;

  @Override
  ExitCode execute(Console console) throws Exception {
    KafkaSettings kafka = broker.kafka();
    String name = Topic.named(topic).map(Topic::address).orElse(topic);
    long records;
    try (TopicSource source = TopicSource.open(kafka, store())) {
      TopicReader reader = new TopicReader(source.cluster());
      Consumer<Received> printer = record -> console.print(line(record) + "\n");
      records = follow ? reader.follow(name, printer) : reader.read(name, printer);
    }
    console.say(records + " records on " + name);
    return ExitCode.DONE;
  }

  private String line(Received record) {
    if (!common.json) {
      return record.value();
    }
    return Json.text(record);
  }
}
