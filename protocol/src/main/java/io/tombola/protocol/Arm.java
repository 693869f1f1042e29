package io.tombola.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a trial trains: the ticket itself or something to hold it against, written {@code ticket},
 * {@code reinit-1}, {@code random-2}, {@code one-shot}.
 *
 * @param kind which training this is
 * @param draw 0 for what there is one of; 1, 2, ... for the draws of a control
 */
public record Arm(Kind kind, int draw) implements Comparable<Arm> {

  /** The ticket, a control of it, or another training that it is compared with. */
  public enum Kind {
    /** The surviving weights, rewound. */
    TICKET("ticket", false),
    /** The ticket's mask over freshly drawn weights. */
    REINIT("reinit", true),
    /** A random mask of equal density over the whole network, over the ticket's weights. */
    RANDOM("random", true),
    /** The ticket's mask shuffled within each layer, over the ticket's weights. */
    SHUFFLED("shuffled", true),
    /** The ticket's mask over freshly drawn weights with the signs of the ticket's. */
    SAME_SIGN("same-sign", true),
    /** As many weights as the ticket has, all chosen at once from the dense network's training. */
    ONE_SHOT("one-shot", false),
    /** The weights trained the round before, pruned and trained on: never rewound. */
    CONTINUED("continued", false),
    /** The ticket under another order of the training data. */
    ORDER("order", true);

    private final String word;
    private final boolean drawn;

    Kind(String word, boolean drawn) {
      this.word = word;
      this.drawn = drawn;
    }

    /** The word used in files, records and on the command line. */
    public String word() {
      return word;
    }
  }

  /** The arm every round has. */
  public static final Arm TICKET = new Arm(Kind.TICKET, 0);

  /** The one-shot comparison of a round. */
  public static final Arm ONE_SHOT = new Arm(Kind.ONE_SHOT, 0);

  /** The chain of continued training. */
  public static final Arm CONTINUED = new Arm(Kind.CONTINUED, 0);

  private static final Comparator<Arm> ORDER =
      Comparator.comparing(Arm::kind).thenComparingInt(Arm::draw);

  /** Checks that exactly what can be drawn more than once is numbered. */
  public Arm {
    if (kind.drawn != (draw > 0) || draw < 0 || draw > 999_999) {
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
    return Stream.of(Kind.values())
        .filter(kind -> text.matches(kind.word + (kind.drawn ? "-[1-9][0-9]{0,5}" : "")))
        .findFirst()
        .map(kind -> new Arm(kind, kind.drawn ? drawOf(text) : 0))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected ticket, reinit-1, random-1, ...; found '" + text + "'"));
  }

  private static int drawOf(String text) {
    return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
  }

  /** Whether this is the ticket itself. */
  public boolean isTicket() {
    return kind == Kind.TICKET;
  }

  /** Whether the next round's mask may be taken from it. */
  public boolean isChain() {
    return kind == Kind.TICKET || kind == Kind.CONTINUED;
  }

  @Override
  public int compareTo(Arm other) {
    return ORDER.compare(this, other);
  }

  @JsonValue
  @Override
  public String toString() {
    return kind.drawn ? kind.word + "-" + draw : kind.word;
  }
}
