package io.tombola.deploy.config;

import com.typesafe.config.ConfigUtil;
import java.util.List;

/** An entry of the configuration: a key or a block of keys. */
sealed interface ConfigEntry permits ConfigBlock, ConfigKey {

  /** The names from the root down, separated by dots. */
  String path();

  /** What it is for: lines of at most 90 characters; indented lines are an example or a table. */
  String doc();

  /** The names from the root down. */
  default List<String> names() {
    return ConfigUtil.splitPath(path());
  }

  /** The last name of the path. */
  default String name() {
    return names().get(names().size() - 1);
  }
}
