package io.tombola.storage;

/** The journal's database does not answer or refuses access; acknowledged events are safe in it. */
public final class JournalUnavailableException extends RuntimeException {

  /**
   * Reports it in one line.
   *
   * @param found what the driver or the server said
   * @param next what to do about it
   */
  public JournalUnavailableException(String place, String found, String next, Throwable cause) {
    super(
        "expected the journal's database "
            + place
            + " to answer, found: "
            + found.lines().findFirst().orElse("no answer")
            + "; "
            + next
            + " and run the same command again",
        cause);
  }
}
