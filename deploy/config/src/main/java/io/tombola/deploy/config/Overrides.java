package io.tombola.deploy.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The values that were given by {@code --set key=value}. */
final class Overrides {

  private Overrides() {}

  /**
   * The values as a configuration; the last value of a key wins. A key whose first name is not in
   * {@code roots} is relative to {@code campaign}.
   */
  static Config parse(List<String> settings, Set<String> roots) {
    Config all = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw BadConfigException.value(
            shown(setting),
            "key=value",
            "'" + setting + "'",
            "for example --set training.iterations=4000");
      }
      ClientProperties.requireNoSecret(setting.substring(0, equals).trim());
      String value = setting.substring(equals + 1).trim();
      all =
          all.withValue(
              path(setting, setting.substring(0, equals).trim(), roots),
              ConfigValueFactory.fromAnyRef(value, shown(setting)));
    }
    return all;
  }

  /** The setting as messages show it: a journal address may contain a password by mistake. */
  private static String shown(String setting) {
    int equals = setting.indexOf('=');
    boolean secret = equals >= 0 && setting.startsWith(JournalKeys.BLOCK);
    return OriginText.SET + (secret ? setting.substring(0, equals).trim() : setting);
  }

  private static String path(String setting, String key, Set<String> roots) {
    try {
      List<String> names = new ArrayList<>(ConfigUtil.splitPath(key));
      if (!roots.contains(names.get(0))) {
        names.add(0, CampaignKeys.BLOCK);
      }
      return ConfigUtil.joinPath(names);
    } catch (ConfigException.BadPath e) {
      throw BadConfigException.value(
          shown(setting),
          "a key such as training.iterations",
          "'" + key + "'",
          "'tombola run --dry-run' shows every key");
    }
  }
}
