package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

/**
 * How a network is pruned.
 *
 * @param rounds times that weights are removed, at least 1
 * @param rates fraction of the survivors that each round removes
 */
public record PruningSpec(
    Schedule schedule, int rounds, Rates rates, Scope scope, Criterion criterion) {

  /** When weights go. */
  public enum Schedule {
    /** A fixed rate of what is left, round after round. */
    ITERATIVE
  }

  /** Among which weights the smallest are sought. */
  public enum Scope {
    /** In each layer apart. */
    LAYER
  }

  /** Which weights go first. */
  public enum Criterion {
    /** The smallest final magnitude; ties by the lowest index. */
    MAGNITUDE
  }

  /**
   * Fractions in (0, 1) of a layer's survivors that one round removes.
   *
   * @param dense hidden dense layers
   * @param output the last dense layer
   */
  public record Rates(double dense, double output) {

    /** Checks both fractions. */
    public Rates {
      requireRate("pruning.rates.dense", dense);
      requireRate("pruning.rates.output", output);
    }

    private static void requireRate(String key, double rate) {
      require(rate > 0 && rate < 1, key, "a fraction between 0 and 1, such as 0.2", rate);
    }
  }

  /** Checks the number of rounds. */
  public PruningSpec {
    require(rounds >= 1, "pruning.rounds", "at least 1", rounds);
  }
}
