package io.tombola.protocol.spec;

import java.util.Locale;

/** An invalid value in a campaign: names the key, what was expected and what was found. */
public final class InvalidSpecException extends IllegalArgumentException {

  private final String key;

  /** Reports {@code found} at {@code key}, relative to {@code campaign}. */
  public InvalidSpecException(String key, String expected, Object found) {
    super(key + ": expected " + expected + ", found " + written(found));
    this.key = key;
  }

  /** A constant as it is written in files. */
  private static Object written(Object found) {
    return found instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : found;
  }

  /** The key, relative to {@code campaign}. */
  public String key() {
    return key;
  }

  static void require(boolean holds, String key, String expected, Object found) {
    if (!holds) {
      throw new InvalidSpecException(key, expected, found);
    }
  }
}
