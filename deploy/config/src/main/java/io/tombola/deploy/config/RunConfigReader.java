package io.tombola.deploy.config;

import io.tombola.actors.failure.FailurePolicy;
import io.tombola.deploy.config.KafkaSettings.Mode;
import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The blocks of the configuration but {@code campaign}. */
final class RunConfigReader {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  private RunConfigReader() {}

  static KafkaSettings kafka(ConfigReader fields) {
    Mode mode = fields.choice("kafka.mode", Mode.class);
    Optional<String> servers = fields.optionalText("kafka.bootstrap-servers");
    if (mode == Mode.EXTERNAL && servers.isEmpty()) {
      throw fields.complaint(
          "kafka.mode",
          "external needs kafka.bootstrap-servers, found none",
          "name the broker by --set kafka.bootstrap-servers=HOST:PORT");
    }
    if (mode != Mode.EXTERNAL && servers.isPresent()) {
      throw fields.complaint(
          "kafka.bootstrap-servers",
          "expected only with kafka.mode = external, found kafka.mode = " + ConfigReader.word(mode),
          "use that broker by --set kafka.mode=external");
    }
    Map<String, String> client =
        new TreeMap<>(
            fields
                .optionalText("kafka.client-file")
                .map(file -> ClientProperties.read(fields, file))
                .orElse(Map.of()));
    client.putAll(fields.properties("kafka.client"));
    return new KafkaSettings(mode, servers, client);
  }

  static DeviceSettings devices(ConfigReader fields) {
    Optional<Integer> slots = fields.optionalWholeNumber("devices.cpu-slots");
    if (slots.isPresent() && slots.get() < 1) {
      throw fields.wrong("devices.cpu-slots", "at least 1");
    }
    return new DeviceSettings(
        slots.map(OptionalInt::of).orElseGet(OptionalInt::empty), fields.yes("devices.pin-cores"));
  }

  static DataSettings data(ConfigReader fields) {
    Map<String, List<URI>> mirrors = new LinkedHashMap<>();
    for (String dataset : List.of("mnist", "cifar-10")) {
      mirrors.put(dataset, addresses(fields, "data.mirrors." + dataset));
    }
    return new DataSettings(mirrors);
  }

  static Optional<JournalAddress> journal(ConfigReader fields) {
    Optional<String> url = fields.optionalText("journal.url");
    Optional<String> user = fields.optionalText("journal.user");
    Optional<String> passwordFile = fields.optionalText("journal.password-file");
    if (url.isEmpty() && user.isPresent()) {
      throw onlyWithUrl(fields, "journal.user");
    }
    if (url.isEmpty() && passwordFile.isPresent()) {
      throw onlyWithUrl(fields, "journal.password-file");
    }
    try {
      return url.map(text -> new JournalAddress(text, user, passwordFile.map(Path::of)).checked());
    } catch (BadJournalAddressException e) {
      // Says the key itself; its place in a file or on the command line would show a password.
      throw BadConfigException.line(e.getMessage());
    }
  }

  private static BadConfigException onlyWithUrl(ConfigReader fields, String key) {
    return fields.complaint(
        key,
        "expected only with journal.url, found none",
        "name the database by --set journal.url=jdbc:postgresql://HOST/DATABASE");
  }

  static TrainerSettings trainers(ConfigReader fields) {
    return new TrainerSettings(
        fields.choice("trainers.isolation", TrainerSettings.Isolation.class));
  }

  static FailurePolicy retries(ConfigReader fields) {
    Duration pause = fields.duration("retries.first-pause");
    if (pause.compareTo(SHORTEST_PAUSE) < 0 || pause.compareTo(FailurePolicy.MAX_PAUSE) > 0) {
      throw fields.wrong("retries.first-pause", "a duration from 1ms to 5m");
    }
    return new FailurePolicy(
        retries(fields, "retries.diverged"),
        retries(fields, "retries.device"),
        retries(fields, "retries.internal"),
        pause);
  }

  private static int retries(ConfigReader fields, String key) {
    int times = fields.wholeNumber(key);
    if (times < 0) {
      throw fields.wrong(key, "a whole number from 0");
    }
    return times;
  }

  private static List<URI> addresses(ConfigReader fields, String key) {
    List<URI> addresses = new ArrayList<>();
    for (String text : fields.list(key)) {
      URI address = address(text).orElseThrow(() -> wrongAddress(fields, key, text));
      addresses.add(address);
    }
    return List.copyOf(addresses);
  }

  /** A web address; empty if the text is none. */
  static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static BadConfigException wrongAddress(ConfigReader fields, String key, String found) {
    return fields.complaint(
        key, "expected addresses that begin with https:// or http://, found '" + found + "'");
  }
}
