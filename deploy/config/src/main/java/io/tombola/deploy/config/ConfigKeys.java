package io.tombola.deploy.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every block and key of the configuration, in the order of the file of defaults. A key is defined
 * once, in the class of its block; the file of defaults and the reference page are generated from
 * here.
 */
final class ConfigKeys {

  /** All of them; each block comes before its keys. */
  static final List<ConfigEntry> ALL =
      Stream.of(
              CampaignKeys.ENTRIES,
              KafkaKeys.ENTRIES,
              JournalKeys.ENTRIES,
              DeviceKeys.ENTRIES,
              TrainerKeys.ENTRIES,
              RetryKeys.ENTRIES,
              NotifyKeys.ENTRIES,
              DataKeys.ENTRIES)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, ConfigKey<?>> BY_PATH =
      keys(ALL).collect(Collectors.toMap(ConfigKey::path, Function.identity()));

  private ConfigKeys() {}

  /**
   * The key with this path.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ConfigKey<?> at(String path) {
    ConfigKey<?> key = BY_PATH.get(path);
    if (key == null) {
      throw new IllegalArgumentException("expected a key of the configuration, found " + path);
    }
    return key;
  }

  /** The keys of a campaign. */
  static Stream<ConfigKey<?>> ofCampaign() {
    return keys(CampaignKeys.ENTRIES);
  }

  private static Stream<ConfigKey<?>> keys(List<ConfigEntry> entries) {
    return entries.stream().filter(ConfigKey.class::isInstance).map(entry -> (ConfigKey<?>) entry);
  }
}
