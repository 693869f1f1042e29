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

/** The block {@code notify}. */
final class NotifyKeys {

  private static final Duration MIN_STUCK_AFTER = Duration.ofSeconds(1);

  static final ConfigKey<Optional<String>> URL =
      ConfigKey.nullable("notify.url", ConfigKeyType.TEXT, "\"https://example.org/hook\"")
          .doc(
              """
              A web address that receives messages by POST, as Standard Webhooks 1.0 defines: JSON
              with type, timestamp and data, signed in the header webhook-signature. A message is
              sent again, with the same webhook-id, until it is accepted.
              """);

  static final ConfigKey<Optional<String>> SECRET_FILE =
      ConfigKey.nullable("notify.secret-file", ConfigKeyType.TEXT, "webhook-secret")
          .doc(
              """
              A text file with the secret that signs messages in its first line: a text, or whsec_
              and Base64. $TOMBOLA_WEBHOOK_SECRET wins over it.
              """);

  static final ConfigKey<List<String>> ON =
      ConfigKey.of("notify.on", ConfigKeyType.TEXTS, "[finished, failed, diverged, stuck]")
          .doc(
              """
              What messages are sent for: finished (a campaign, with all its replicates), failed (a
              trial, a replicate, or a campaign that lost a replicate), diverged (a training), stuck.
              """);

  static final ConfigKey<Duration> STUCK_AFTER =
      ConfigKey.of(
              "notify.stuck-after",
              ConfigKeyType.DURATION.where(
                  "at least 1s", silence -> silence.compareTo(MIN_STUCK_AFTER) >= 0),
              "30m")
          .doc("A campaign is stuck when its trainings made no progress for so long.");

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("notify", "Messages about the campaign to a webhook."),
          URL,
          SECRET_FILE,
          ON,
          STUCK_AFTER);

  private NotifyKeys() {}

  static Optional<WebhookSettings> read(ConfigReader config, Map<String, String> environment) {
    Optional<String> url = config.get(URL);
    Optional<String> file = config.get(SECRET_FILE);
    Set<NotificationTrigger> triggers = triggers(config);
    Duration silence = config.get(STUCK_AFTER);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    URI address =
        DataKeys.address(url.get())
            .orElseThrow(
                () -> config.wrong(URL, "an address that begins with https:// or http://"));
    return Optional.of(
        new WebhookSettings(address, secret(config, file, environment), triggers, silence));
  }

  private static Set<NotificationTrigger> triggers(ConfigReader config) {
    List<NotificationTrigger> all = List.of(NotificationTrigger.values());
    Set<NotificationTrigger> triggers = EnumSet.noneOf(NotificationTrigger.class);
    for (String text : config.get(ON)) {
      triggers.add(
          all.stream()
              .filter(trigger -> ConfigKeyType.word(trigger).equals(text))
              .findFirst()
              .orElseThrow(() -> config.wrong(ON, "a list of finished, failed, diverged, stuck")));
    }
    return triggers;
  }

  private static WebhookSecret secret(
      ConfigReader config, Optional<String> file, Map<String, String> environment) {
    String text =
        Optional.ofNullable(environment.get(WebhookSecret.VARIABLE))
            .or(() -> file.map(name -> firstLine(config, name)))
            .orElse("");
    try {
      return WebhookSecret.of(text);
    } catch (IllegalArgumentException e) {
      // Shows neither the secret nor its place in the configuration.
      throw BadConfigException.line(
          "notify.url: expected a secret to sign with, a text or whsec_ and Base64, found "
              + (text.isEmpty() ? "none" : "no such one")
              + "; put it into $"
              + WebhookSecret.VARIABLE
              + ", or into a file and name that by notify.secret-file");
    }
  }

  private static String firstLine(ConfigReader config, String file) {
    try {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw config.error(
          SECRET_FILE,
          "expected a text file with the secret in its first line, found none at " + file);
    }
  }
}
