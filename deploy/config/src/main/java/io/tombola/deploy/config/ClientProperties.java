package io.tombola.deploy.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Properties of Kafka's clients, and which of them are secrets. */
final class ClientProperties {

  private static final String CLIENT = KafkaKeys.CLIENT.path() + ".";
  private static final Pattern SECRET =
      Pattern.compile(
          "password|jaas|secret|credential|private|token(?!.*url)|user\\.info|keystore\\.key",
          Pattern.CASE_INSENSITIVE);

  private ClientProperties() {}

  /**
   * Refuses a secret on the command line, which every user of the machine can read.
   *
   * @throws BadConfigException without the value
   */
  static void requireNoSecret(String key) {
    if (key.startsWith(CLIENT) && SECRET.matcher(key).find()) {
      throw BadConfigException.line(
          OriginText.SET
              + key
              + ": expected a secret from a file or the environment, found one on the command"
              + " line, where others can read it; put it into a file of properties and type"
              + " --set kafka.client-file=FILE");
    }
  }

  /**
   * Reads {@code key=value} lines.
   *
   * @throws BadConfigException if the file is missing or has another format
   */
  static Map<String, String> read(ConfigReader config, String file) {
    Properties read = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      read.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw config.error(
          KafkaKeys.CLIENT_FILE,
          "expected a readable file of properties in UTF-8, found none at " + file);
    }
    Map<String, String> properties = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
    return properties;
  }
}
