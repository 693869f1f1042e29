package io.tombola.deploy.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the reference page of the configuration from the definitions of the keys. */
final class ReferencePage {

  private static final String INTRODUCTION =
      """
      # Configuration

      `tombola run [CAMPAIGN] [--set KEY=VALUE]...` reads the defaults, over them a preset or a
      campaign file, and over that each `--set`. Files are
      [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md): JSON with comments, without
      most quotes, and with substitutions such as `${HOME}` from the environment. For `--set`, keys
      of the block `campaign` are written without `campaign.`; a list is a text with commas.

      `tombola presets` lists the campaigns that are part of Tombola, and `tombola run --dry-run`
      shows the effective campaign and what it costs, without running it. A value that is wrong is
      reported in one line that says what was expected, what was found, where, and what to type.

      This page and the defaults in `campaign-defaults.conf` are generated from the definitions of
      the keys; `ConfigDocumentsTest` says how.
      """;

  private ReferencePage() {}

  static String render(List<ConfigEntry> entries) {
    return entries.stream()
        .map(ReferencePage::section)
        .collect(Collectors.joining("\n", INTRODUCTION + "\n", ""));
  }

  private static String section(ConfigEntry entry) {
    return entry instanceof ConfigKey<?> key
        ? "#### `%s`\n\n%s\n\n%s\n".formatted(key.path(), facts(key), key.doc())
        : "%s `%s`\n\n%s\n"
            .formatted(entry.names().size() == 1 ? "##" : "###", entry.path(), entry.doc());
  }

  private static String facts(ConfigKey<?> key) {
    String values = key.type().values();
    String type = key.type().name() + (values.isEmpty() ? "" : ": " + values);
    String example = key.otherExample().map(text -> "; for example " + code(text)).orElse("");
    return type.substring(0, 1).toUpperCase(Locale.ROOT)
        + type.substring(1)
        + ". Default: "
        + code(key.defaultValue())
        + example
        + ".";
  }

  private static String code(String value) {
    return "`" + value.lines().map(String::strip).collect(Collectors.joining(" ")) + "`";
  }
}
