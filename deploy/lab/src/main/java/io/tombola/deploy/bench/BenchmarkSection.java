package io.tombola.deploy.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured by itself. */
public enum BenchmarkSection {
  /** The most that one core computes and moves. */
  FLOOR,
  /** Training steps of each engine, by network and density. */
  ENGINES,
  /** Evaluation of each engine, by network and density. */
  EVALUATION,
  /** Pieces of work around the engines. */
  KERNELS,
  /** From one training to the next. */
  START,
  /** Two slots against one. */
  SLOTS,
  /** What a campaign costs besides training: actors, journal, checkpoints, publishing. */
  CAMPAIGN,
  /** What it costs a training that clients watch over HTTP. */
  WATCHERS,
  /** Memory over many trainings; only where it is asked for. */
  SOAK;

  /** Those that are measured if none is named. */
  public static List<BenchmarkSection> usual() {
    return Arrays.stream(values()).filter(section -> section != SOAK).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
