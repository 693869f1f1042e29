package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.actors.publish.TopicLayout;
import io.tombola.actors.publish.topic.TopicAdmin;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.protocol.record.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombola topics create}. */
@Command(
    name = "create",
    description = {
      "Creates the topics that are missing, as the contract says; others are left as they are.",
      "A run does so by itself where it may: this is for clusters that an operator looks after."
    })
final class TopicsCreateCommand extends StoreCommand {

  private static final int MOST_REPLICAS = Short.MAX_VALUE;

  @Mixin private BrokerOptions broker;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of each topic that is created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Of each topic that is created (default: what the cluster does by itself).")
  private Optional<Integer> replication = Optional.empty();

  /** What became of a topic. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Result(String topic, boolean created) {}

  @Override
  ExitCode execute(Console console) throws Exception {
    TopicLayout size = size();
    KafkaSettings kafka = broker.kafka();
    Map<Topic, Boolean> created;
    try (TopicSource source = TopicSource.open(kafka, store())) {
      created = new TopicAdmin(source.cluster()).create(size);
    }
    List<Result> results =
        created.entrySet().stream()
            .map(topic -> new Result(topic.getKey().address(), topic.getValue()))
            .toList();
    if (common.json) {
      console.printJson(results);
    } else {
      results.forEach(
          result ->
              console.print(result.topic() + (result.created() ? ": created\n" : ": is there\n")));
    }
    return ExitCode.DONE;
  }

  private TopicLayout size() {
    requireWithin("--partitions", partitions, Integer.MAX_VALUE);
    replication.ifPresent(number -> requireWithin("--replication", number, MOST_REPLICAS));
    return new TopicLayout(
        partitions, replication.map(Integer::shortValue).orElse(TopicLayout.OF_THE_CLUSTER));
  }

  private static void requireWithin(String option, int found, int most) {
    if (found < 1 || found > most) {
      throw new UsageException(
          "%s: expected at least 1%s, found %d"
              .formatted(option, most < Integer.MAX_VALUE ? " and at most " + most : "", found));
    }
  }
}
