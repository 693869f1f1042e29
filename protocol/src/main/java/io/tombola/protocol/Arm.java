package io.tombola.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trial trains: the ticket itself or one of its controls, written {@code ticket}, {@code
 * reinit-1}, {@code random-2}.
 *
 * @param kind which training this is
 * @param draw 0 for the ticket; 1, 2, ... for the draws of a control
 */
public record Arm(Kind kind, int draw) implements Comparable<Arm> {

  /** The ticket or a control of it. */
  public enum Kind {
    /** The surviving weights at their first values. */
    TICKET("ticket"),
    /** The ticket's mask over freshly drawn weights. */
    REINIT("reinit"),
    /** A random mask of equal density in each layer over the ticket's first values. */
    RANDOM("random");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word used in files, records and on the command line. */
    public String word() {
      return word;
    }
  }

  /** The arm every round has. */
  public static final Arm TICKET = new Arm(Kind.TICKET, 0);

  private static final Pattern CONTROL = Pattern.compile("(reinit|random)-([1-9][0-9]{0,5})");
  private static final Comparator<Arm> ORDER =
      Comparator.comparing(Arm::kind).thenComparingInt(Arm::draw);

  /** Checks that only controls are numbered. */
  public Arm {
    if ((kind == Kind.TICKET) != (draw == 0) || draw < 0) {
      throw new IllegalArgumentException("no such arm: " + kind + " draw " + draw);
    }
  }

  /** The {@code draw}-th (from 1) control with the ticket's mask and fresh weights. */
  public static Arm reinit(int draw) {
    return new Arm(Kind.REINIT, draw);
  }

  /** The {@code draw}-th (from 1) control with a random mask. */
  public static Arm random(int draw) {
    return new Arm(Kind.RANDOM, draw);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Arm parse(String text) {
    if (text.equals(TICKET.toString())) {
      return TICKET;
    }
    Matcher control = CONTROL.matcher(text);
    if (!control.matches()) {
      throw new IllegalArgumentException(
          "expected ticket, reinit-1, random-1, ...; found '" + text + "'");
    }
    int draw = Integer.parseInt(control.group(2));
    return control.group(1).equals("reinit") ? reinit(draw) : random(draw);
  }

  /** Whether this is the ticket chain's own arm. */
  public boolean isTicket() {
    return kind == Kind.TICKET;
  }

  @Override
  public int compareTo(Arm other) {
    return ORDER.compare(this, other);
  }

  @JsonValue
  @Override
  public String toString() {
    return isTicket() ? kind.word() : kind.word() + "-" + draw;
  }
}
