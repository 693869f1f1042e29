package io.tombola.deploy.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where data sets are fetched from that are neither part of Tombola nor in a directory.
 *
 * @param mirrors addresses by name of data set, tried in this order
 */
public record DataSettings(Map<String, List<URI>> mirrors) {

  /** Keeps an immutable copy. */
  public DataSettings {
    mirrors = Map.copyOf(mirrors);
  }
}
