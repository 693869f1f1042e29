package io.tombola.deploy.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of the benchmark that can be measured by itself. */
public enum BenchmarkSection {
  /** The roofline: the most that one core computes and moves. */
  FLOOR,
  /** Training steps of each engine, by network and density. */
  ENGINES,
  /** Evaluation of each engine, by network and density. */
  EVALUATION,
  /** Operations of and around a training; for developers. */
  KERNELS,
  /** The time between two trials; for developers. */
  START,
  /** Throughput of two slots against one; for developers. */
  SLOTS,
  /** What a campaign costs besides training: actors, journal, checkpoints, publishing. */
  CAMPAIGN,
  /** What HTTP clients cost a training; for developers. */
  WATCHERS,
  /** Memory over many trials; only on request. */
  SOAK;

  /** The sections that are measured by default. */
  public static List<BenchmarkSection> usual() {
    return Arrays.stream(values()).filter(section -> section != SOAK).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
