package io.tombola.deploy.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where data sets that are neither inside nor in a directory are fetched.
 *
 * @param mirrors asked in this order, by name of data set
 */
public record DataSettings(Map<String, List<URI>> mirrors) {

  /** Keeps an immutable copy. */
  public DataSettings {
    mirrors = Map.copyOf(mirrors);
  }
}
