package io.tombola.protocol.record;

/** The names of the topics; a breaking change would get a new version in the name. */
public final class Topics {

  /** One {@link RoundRecord} per finished trial, keyed {@code campaign/replicate}. */
  public static final String ROUNDS = "tombola.rounds.v1";

  private Topics() {}
}
