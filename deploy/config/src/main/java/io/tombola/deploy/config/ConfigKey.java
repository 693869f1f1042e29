package io.tombola.deploy.config;

import com.typesafe.config.ConfigFactory;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the configuration, defined once: reading, error messages, the file of defaults, the
 * reference page and the comparison of campaigns follow from the definition. Immutable and
 * thread-safe.
 *
 * @param defaultValue as it is written in the file of defaults
 * @param otherExample a value for error messages where the default is none
 * @param value the value that a campaign has; empty for keys that are no part of the campaign
 */
record ConfigKey<T>(
    String path,
    ConfigKeyType<T> type,
    String defaultValue,
    Optional<String> otherExample,
    String doc,
    Optional<Function<CampaignSpec, T>> value)
    implements ConfigEntry {

  private static final String CAMPAIGN = "campaign.";

  /** A key whose default is an example, too. */
  static <T> ConfigKey<T> of(String path, ConfigKeyType<T> type, String defaultValue) {
    return new ConfigKey<>(path, type, defaultValue, Optional.empty(), "", Optional.empty());
  }

  /** A key without a value by default. */
  static <T> ConfigKey<Optional<T>> nullable(String path, ConfigKeyType<T> type, String example) {
    return new ConfigKey<>(
        path, ConfigKeyType.optional(type), "null", Optional.of(example), "", Optional.empty());
  }

  /** The same key with its documentation. */
  ConfigKey<T> doc(String text) {
    return new ConfigKey<>(path, type, defaultValue, otherExample, text.strip(), value);
  }

  /** The same key, of a campaign that holds its value. */
  ConfigKey<T> in(Function<CampaignSpec, T> campaign) {
    return new ConfigKey<>(path, type, defaultValue, otherExample, doc, Optional.of(campaign));
  }

  /** What to type after {@code --set}: a key of the campaign is relative to it. */
  String typed() {
    return path.startsWith(CAMPAIGN) ? path.substring(CAMPAIGN.length()) : path;
  }

  /** The value that a campaign has, as it is written in a file; empty where it is null. */
  Optional<String> valueIn(CampaignSpec campaign) {
    return value.flatMap(of -> type.writer().apply(of.apply(campaign)));
  }

  /** A value to type, as it is written in a file. */
  String example() {
    return otherExample.orElseGet(
        () -> ConfigFactory.parseString("value: " + defaultValue).getAnyRef("value").toString());
  }
}
