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
      "Creates missing topics as the contract says; existing topics are not changed.",
      "A run does this itself if it is allowed to: use this where only an operator may create topics."
    })
final class TopicsCreateCommand extends StoreCommand {

  private static final int MAX_REPLICAS = Short.MAX_VALUE;

  @Mixin private BrokerOptions broker;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "The partitions of each new topic (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "The replication factor of each new topic (default: that of the cluster).")
  private Optional<Integer> replication = Optional.empty();

  /** The result for one topic. */
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
              console.print(
                  result.topic() + (result.created() ? ": created\n" : ": exists already\n")));
    }
    return ExitCode.DONE;
  }

  private TopicLayout size() {
    requireWithin("--partitions", partitions, Integer.MAX_VALUE);
    replication.ifPresent(number -> requireWithin("--replication", number, MAX_REPLICAS));
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
