package io.tombola.protocol.event;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a campaign ran on. Two processes with equal {@code determinants} produce the same bytes.
 *
 * @param determinants what the bytes depend on: backend, native binary, processor kind, threads,
 *     data hash
 * @param circumstances what they do not: host, Java version, git commit, operating system
 */
public record Provenance(
    SortedMap<String, String> determinants, SortedMap<String, String> circumstances) {

  /** Keeps copies. */
  public Provenance {
    determinants = new TreeMap<>(determinants);
    circumstances = new TreeMap<>(circumstances);
  }
}
