package io.tombola.deploy.cli;

import static io.tombola.deploy.text.TextTable.word;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.topic.TopicAdmin;
import io.tombola.actors.publish.topic.TopicCheck;
import io.tombola.deploy.config.KafkaSettings;
import io.tombola.deploy.text.TextTable;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tombola topics check}. */
@Command(
    name = "check",
    description = {
      "Compares the topics with the contract, and prints the command that corrects a difference.",
      "Exit code 2 if there is a difference."
    })
final class TopicsCheckCommand extends StoreCommand {

  @Mixin private BrokerOptions broker;

  /**
   * A check as JSON.
   *
   * @param next the command that corrects the difference
   */
  record Line(
      String topic,
      String setting,
      String expected,
      String found,
      boolean holds,
      Optional<String> next) {}

  @Override
  ExitCode execute(Console console) throws Exception {
    KafkaSettings kafka = broker.kafka();
    List<Line> lines;
    try (TopicSource source = TopicSource.open(kafka, store())) {
      lines =
          new TopicAdmin(source.cluster())
              .check().stream().map(check -> line(check, source.cluster())).toList();
    }
    if (common.json) {
      console.printJson(lines);
    } else {
      console.print(table(lines).toString());
      lines.stream().flatMap(line -> line.next().stream()).distinct().forEach(console::say);
    }
    return lines.stream().allMatch(Line::holds) ? ExitCode.DONE : ExitCode.USAGE;
  }

  private static Line line(TopicCheck check, KafkaCluster cluster) {
    TopicCheck.Expectation expectation = check.expectation();
    return new Line(
        check.topic().address(),
        check.setting(),
        expectation.expected(),
        expectation.found(),
        expectation.holds(),
        expectation.holds() ? Optional.empty() : Optional.of(next(check, cluster)));
  }

  private static String next(TopicCheck check, KafkaCluster cluster) {
    return check
        .correction()
        .map(
            value ->
                "set it by: kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s=%s"
                    .formatted(
                        cluster.bootstrapServers(),
                        check.topic().address(),
                        check.setting(),
                        value))
        .orElse(
            "create what is missing by: tombola topics create, with the same --set and --store");
  }

  private static TextTable table(List<Line> lines) {
    TextTable table =
        new TextTable(
            List.of(word("topic"), word("setting"), word("expected"), word("found"), word("")));
    lines.forEach(
        line ->
            table.row(
                line.topic(),
                line.setting(),
                line.expected(),
                line.found(),
                line.holds() ? "holds" : "DIFFERS"));
    return table;
  }
}
