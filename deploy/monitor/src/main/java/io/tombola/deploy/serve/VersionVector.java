package io.tombola.deploy.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much of a campaign's logs somebody has: the number of the last event of the campaign's own
 * log, then of each replicate's, such as {@code 12.40.38}. There is no order over all of them.
 *
 * @param sequences without zeros at the end, which say nothing
 */
record VersionVector(List<Long> sequences) {

  /** Nothing yet. */
  static final VersionVector BEGINNING = new VersionVector(List.of());

  private static final Pattern TEXT = Pattern.compile("\\d{1,18}(\\.\\d{1,18}){0,9999}");

  VersionVector {
    int length = sequences.size();
    while (length > 0 && sequences.get(length - 1) == 0) {
      length--;
    }
    sequences = List.copyOf(sequences.subList(0, length));
  }

  /**
   * The position that {@code text} names.
   *
   * @throws IllegalArgumentException if it names none; the message is one line for the user
   */
  static VersionVector parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a position such as 12.40.38, found '" + text + "'; begin with 0");
    }
    return new VersionVector(Arrays.stream(text.split("\\.")).map(Long::valueOf).toList());
  }

  /** The number of the last event of a log: 0 is the campaign's own, n the nth replicate's. */
  long of(int log) {
    return log < sequences.size() ? sequences.get(log) : 0;
  }

  /** Further in one log. */
  VersionVector with(int log, long sequence) {
    List<Long> next = new ArrayList<>(sequences);
    while (next.size() <= log) {
      next.add(0L);
    }
    next.set(log, sequence);
    return new VersionVector(next);
  }

  /** Logs of which there is something. */
  int logs() {
    return sequences.size();
  }

  /** Whether it has events that {@code head} does not. */
  boolean isBeyond(VersionVector head) {
    for (int log = 0; log < logs(); log++) {
      if (of(log) > head.of(log)) {
        return true;
      }
    }
    return false;
  }

  /** Its numbers, joined by dots, for so many logs at least. */
  String text(int logs) {
    return IntStream.range(0, Math.max(logs, logs()))
        .mapToObj(log -> String.valueOf(of(log)))
        .collect(Collectors.joining("."));
  }

  @Override
  public String toString() {
    return text(1);
  }
}
