package io.tombola.actors.simulation;

/**
 * An actor takes up a message.
 *
 * @param actor its path, such as {@code /user/campaign/replicate-1}
 */
record Handling(String actor, Object message) {

  private static final int LINE = 220;

  /** Says the same in every run of a seed: addresses and counters of the process are left out. */
  String stable() {
    String who = actor.startsWith("/user") ? actor : actor.replaceAll("[0-9]", "");
    return who + " < " + message.getClass().getSimpleName();
  }

  @Override
  public String toString() {
    String line = actor + " < " + message;
    return line.length() <= LINE ? line : line.substring(0, LINE) + "...";
  }
}
