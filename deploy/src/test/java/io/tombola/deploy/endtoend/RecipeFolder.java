package io.tombola.deploy.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder to follow recipes in: the files of the document, and what these take from a Kafka
 * distribution, its {@code bin} and {@code libs}, made of the same classes from Maven.
 */
record RecipeFolder(Path path, Recipes recipes) {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path CONNECT_SCHEMA = Path.of("docs", "round.v1.connect.json");
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "kafka-console-consumer.sh", "org.apache.kafka.tools.consumer.ConsoleConsumer",
          "connect-standalone.sh", "org.apache.kafka.connect.cli.ConnectStandalone");
  private static final List<String> LIBS = List.of("kafka-clients-", "slf4j-api-", "connect-file-");

  /** Lays out a folder. */
  static RecipeFolder in(Path path) throws IOException {
    RecipeFolder folder = new RecipeFolder(path, Recipes.read());
    for (Map.Entry<String, String> file : folder.recipes.files().entrySet()) {
      Files.writeString(path.resolve(file.getKey()), file.getValue());
    }
    Files.copy(CONNECT_SCHEMA, path.resolve(CONNECT_SCHEMA.getFileName()));
    folder.addDistribution();
    folder.addCommand("java", JAVA.toString());
    return folder;
  }

  private void addDistribution() throws IOException {
    Path bin = Files.createDirectory(path.resolve("bin"));
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      addScript(bin.resolve(script.getKey()), java(script.getValue()));
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

  /** Puts a command first on the path of recipes. */
  void addCommand(String name, String program) throws IOException {
    addScript(Files.createDirectories(commands()).resolve(name), "'" + program + "'");
  }

  private static void addScript(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private Path commands() {
    return path.resolve("commands");
  }

  /** Starts a recipe against the broker at {@code address}. */
  RecipeProcess start(String recipe, String address) throws IOException {
    return start(recipe, Map.of("BROKER", address), "");
  }

  /** Where the document's first block finds the broker of a campaign that runs. */
  String findBroker() throws IOException {
    try (RecipeProcess process = start("address", Map.of(), "echo \"$BROKER\"\n")) {
      return process.lines(1).get(0);
    }
  }

  private RecipeProcess start(String recipe, Map<String, String> environment, String more)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", recipes.commands().get(recipe) + more);
    builder.directory(path.toFile());
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", commands().toString(), (all, first) -> first + ":" + all);
    return RecipeProcess.start(builder, path.resolve(recipe + ".err"));
  }

  /** The whole lines of a file, none while there is no such file. */
  List<String> lines(String name) throws IOException {
    Path file = path.resolve(name);
    String text = Files.exists(file) ? Files.readString(file) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
