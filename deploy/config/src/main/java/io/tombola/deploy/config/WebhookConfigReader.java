package io.tombola.deploy.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The block {@code notify} of the configuration. */
final class WebhookConfigReader {

  private static final String URL = "notify.url";
  private static final String FILE = "notify.secret-file";
  private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);

  private WebhookConfigReader() {}

  static Optional<WebhookSettings> read(ConfigReader fields, Map<String, String> environment) {
    Optional<String> url = fields.optionalText(URL);
    Optional<String> file = fields.optionalText(FILE);
    Set<NotificationTrigger> occasions = occasions(fields);
    Duration silence = fields.duration("notify.stuck-after");
    if (silence.compareTo(LEAST_SILENCE) < 0) {
      throw fields.wrong("notify.stuck-after", "at least 1s");
    }
    if (url.isEmpty()) {
      return Optional.empty();
    }
    URI address =
        RunConfigReader.address(url.get())
            .orElseThrow(
                () -> fields.wrong(URL, "an address that begins with https:// or http://"));
    return Optional.of(
        new WebhookSettings(address, secret(fields, file, environment), occasions, silence));
  }

  private static Set<NotificationTrigger> occasions(ConfigReader fields) {
    List<NotificationTrigger> all = List.of(NotificationTrigger.values());
    Set<NotificationTrigger> occasions = EnumSet.noneOf(NotificationTrigger.class);
    for (String text : fields.list("notify.on")) {
      occasions.add(
          all.stream()
              .filter(occasion -> ConfigReader.word(occasion).equals(text))
              .findFirst()
              .orElseThrow(
                  () -> fields.wrong("notify.on", "a list of finished, failed, diverged, stuck")));
    }
    return occasions;
  }

  private static WebhookSecret secret(
      ConfigReader fields, Optional<String> file, Map<String, String> environment) {
    String text =
        Optional.ofNullable(environment.get(WebhookSecret.VARIABLE))
            .or(() -> file.map(name -> firstLine(fields, name)))
            .orElse("");
    try {
      return WebhookSecret.of(text);
    } catch (IllegalArgumentException e) {
      // Says neither the secret nor where it is in the configuration.
      throw BadConfigException.line(
          "notify.url: expected a secret to sign with, a text or whsec_ and Base64, found "
              + (text.isEmpty() ? "none" : "no such one")
              + "; put it into $"
              + WebhookSecret.VARIABLE
              + ", or into a file and name that by notify.secret-file");
    }
  }

  private static String firstLine(ConfigReader fields, String file) {
    try {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw fields.complaint(
          FILE, "expected a text file with the secret in its first line, found none at " + file);
    }
  }
}
