package io.tombola.actors.simulation;

/**
 * A message that an actor starts to handle.
 *
 * @param actor its path, such as {@code /user/campaign/replicate-1}
 */
record HandledMessage(String actor, Object message) {

  private static final int LINE = 220;

  /** The same text in every run of a seed: without addresses and counters of the process. */
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
