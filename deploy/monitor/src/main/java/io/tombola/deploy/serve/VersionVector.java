package io.tombola.deploy.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A position in all logs of a campaign: the sequence number of the last event of the campaign's own
 * log, then of each replicate's log, such as {@code 12.40.38}. Positions are only partially
 * ordered.
 *
 * @param sequences without trailing zeros, so that equal positions are equal records
 */
record VersionVector(List<Long> sequences) {

  /** Before the first event. */
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
   * Parses a position.
   *
   * @throws IllegalArgumentException if {@code text} is not one; the message is one line for the
   *     user
   */
  static VersionVector parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a position such as 12.40.38, found '" + text + "'; 0 is the beginning");
    }
    return new VersionVector(Arrays.stream(text.split("\\.")).map(Long::valueOf).toList());
  }

  /** The sequence number in a log: 0 is the campaign's own log, n that of replicate n. */
  long of(int log) {
    return log < sequences.size() ? sequences.get(log) : 0;
  }

  /** This position with another sequence number in one log. */
  VersionVector with(int log, long sequence) {
    List<Long> next = new ArrayList<>(sequences);
    while (next.size() <= log) {
      next.add(0L);
    }
    next.set(log, sequence);
    return new VersionVector(next);
  }

  /** Number of logs up to the last one with events. */
  int logs() {
    return sequences.size();
  }

  /** Whether any of its sequence numbers is higher than in {@code head}. */
  boolean isBeyond(VersionVector head) {
    for (int log = 0; log < logs(); log++) {
      if (of(log) > head.of(log)) {
        return true;
      }
    }
    return false;
  }

  /** The sequence numbers joined by dots, of at least {@code logs} logs. */
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
