package io.tombola.deploy.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The recipes of {@code docs/consumers.md}, in a folder with what these take from a Kafka
 * distribution, its {@code bin} and {@code libs}, made of the same classes from Maven.
 */
record ConsumerRecipes(RecipeFolder folder) {

  /** The document. */
  static final String DOCUMENT = "consumers.md";

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path CONNECT_SCHEMA = Path.of("..", "docs", "round.v1.connect.json");
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "kafka-console-consumer.sh", "org.apache.kafka.tools.consumer.ConsoleConsumer",
          "connect-standalone.sh", "org.apache.kafka.connect.cli.ConnectStandalone");
  private static final List<String> LIBS = List.of("kafka-clients-", "slf4j-api-", "connect-file-");

  /** Lays out a folder. */
  static ConsumerRecipes in(Path path) throws IOException {
    RecipeFolder folder = RecipeFolder.in(path, DOCUMENT);
    Files.copy(CONNECT_SCHEMA, path.resolve(CONNECT_SCHEMA.getFileName()));
    addDistribution(path);
    folder.addCommand("java", JAVA.toString());
    return new ConsumerRecipes(folder);
  }

  private static void addDistribution(Path path) throws IOException {
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      RecipeFolder.addScript(path.resolve("bin").resolve(script.getKey()), java(script.getValue()));
    }
    Path libs = Files.createDirectory(path.resolve("libs"));
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      if (LIBS.stream().anyMatch(file.getFileName().toString()::startsWith)) {
        Files.copy(file, libs.resolve(file.getFileName()));
      }
    }
  }

  private static String java(String mainClass) {
    return "'%s' -Xmx256m -XX:TieredStopAtLevel=1 %s -cp '%s' %s"
        .formatted(
            JAVA,
            // What a log's configuration has to say belongs to no recipe's output.
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
            System.getProperty("java.class.path"),
            mainClass);
  }

  /** Starts a recipe against the broker at {@code address}. */
  RecipeProcess start(String recipe, String address) throws IOException {
    return folder.start(recipe, Map.of("BROKER", address));
  }

  /** Where the document's first block finds the broker of a campaign that runs. */
  String findBroker() throws IOException {
    try (RecipeProcess process = folder.start("address", recipe -> recipe + "echo \"$BROKER\"\n")) {
      return process.lines(1).get(0);
    }
  }
}
