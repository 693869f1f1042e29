package io.tombola.deploy.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.text.ExceptionMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what to run: the defaults, under a preset or a HOCON file, under {@code --set}. Stateless
 * and thread-safe.
 */
public final class ConfigLoader {

  private static final ConfigObject DEFAULTS =
      ConfigFactory.parseResources(
              ConfigLoader.class.getClassLoader(),
              "campaign-defaults.conf",
              ConfigParseOptions.defaults().setAllowMissing(false))
          .root();

  private ConfigLoader() {}

  /**
   * The checked configuration.
   *
   * @param campaign a preset's name or a file's path; empty: {@link Presets#DEFAULT}
   * @param settings {@code key=value} each; the key is relative to {@code campaign}, or absolute
   *     from one of the blocks at the top
   * @throws BadConfigException with one line for the user
   * @throws io.tombola.training.data.BadDataException with one line for the user, for files of a
   *     data set whose shape cannot be read
   */
  public static RunConfig load(Optional<String> campaign, List<String> settings) {
    return load(settings, () -> source(campaign.orElse(Presets.DEFAULT)));
  }

  /**
   * The configuration of a campaign that a store holds, under {@code --set}.
   *
   * @throws BadConfigException with one line for the user
   */
  public static RunConfig load(CampaignSpec stored, List<String> settings) {
    return load(
        settings,
        () ->
            ConfigFactory.parseString(
                ResolvedConfig.render(stored), named("campaign " + stored.name())));
  }

  private static RunConfig load(List<String> settings, Supplier<Config> source) {
    try {
      Config asked = Overrides.parse(settings, DEFAULTS.keySet()).withFallback(source.get());
      ConfigObject merged = asked.withFallback(DEFAULTS).resolve().root();
      new UnknownKeyCheck(DEFAULTS).check(merged);
      ConfigReader config = new ConfigReader(merged);
      return new RunConfig(
          CampaignKeys.read(config),
          KafkaKeys.read(config),
          DeviceKeys.read(config),
          DataKeys.read(config),
          JournalKeys.read(config),
          TrainerKeys.read(config),
          RetryKeys.read(config),
          NotifyKeys.read(config, System.getenv()));
    } catch (ConfigException e) {
      throw notHocon(e);
    }
  }

  private static Config source(String campaign) {
    Optional<String> preset = Presets.source(campaign);
    if (preset.isPresent()) {
      return ConfigFactory.parseString(preset.get(), named("preset " + campaign));
    }
    Path file = Path.of(campaign);
    if (Files.isRegularFile(file)) {
      return ConfigFactory.parseFile(file.toFile(), named(campaign));
    }
    String next =
        NearestName.of(campaign, Presets.names())
            .map(near -> "did you mean " + near + "? ")
            .orElse("");
    throw BadConfigException.value(
        "campaign '" + campaign + "'",
        "a preset or a campaign file",
        Files.isDirectory(file) ? "a directory" : "neither",
        next + "'tombola presets' lists the presets");
  }

  private static ConfigParseOptions named(String name) {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setSyntax(ConfigSyntax.CONF)
        .setOriginDescription(name);
  }

  private static BadConfigException notHocon(ConfigException e) {
    String place = e.origin() == null ? "" : OriginText.place(e.origin());
    String message = ExceptionMessage.of(e);
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }
    return BadConfigException.line(
        (place.isEmpty() ? "" : place + ": ")
            + "expected HOCON, found a mistake: "
            + message.lines().findFirst().orElse("").replaceFirst("\\.$", "")
            + "; correct the file and type the same command again");
  }
}
