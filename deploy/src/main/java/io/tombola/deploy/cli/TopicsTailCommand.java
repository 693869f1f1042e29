package io.tombola.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.actors.publish.TopicReader;
import io.tombola.actors.publish.TopicReader.Received;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola topics tail}. */
@Command(
    name = "tail",
    description = {
      "Prints what is published on a topic, one record a line, from the first on.",
      "Reads the embedded broker, starting it if no campaign runs, or the one that is named."
    })
final class TopicsTailCommand extends StoreCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC",
      description = "The topic (default: " + Topics.ROUNDS + ").")
  private String topic = Topics.ROUNDS;

  @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Where the broker is, as for run: kafka.mode=external,"
              + " kafka.bootstrap-servers=HOST:PORT, kafka.client.KEY=VALUE; repeatable.")
  private List<String> settings = List.of();

  @Override
  ExitCode execute(Console console) throws Exception {
    KafkaSettings kafka = ConfigLoader.load(Optional.empty(), settings).kafka();
    long records;
    try (TopicSource source = TopicSource.open(kafka, store())) {
      TopicReader reader = new TopicReader(source.cluster());
      Consumer<Received> printer = record -> console.print(line(record) + "\n");
      records = follow ? reader.follow(topic, printer) : reader.read(topic, printer);
    }
    console.say(records + " records on " + topic);
    return ExitCode.DONE;
  }

  private String line(Received record) {
    if (!common.json) {
      return record.value();
    }
    try {
      return Json.MAPPER.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a record as JSON", e);
    }
  }
}
