package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How a network is pruned.
 *
 * @param rounds the number of times that weights are removed, at least 1
 * @param targetPercent Pm of the last round; every round then removes one fraction of all layers, 1
 *     - (target / 100)^(1 / rounds); empty: {@code rates} says how much
 * @param rates fraction of the surviving weights that each round removes
 */
public record PruningSpec(
    Schedule schedule,
    int rounds,
    Optional<Double> targetPercent,
    Rates rates,
    Scope scope,
    Criterion criterion) {

  /** When weights are removed. */
  public enum Schedule {
    /**
     * A part of the surviving weights, round after round; each round is trained before the next
     * prunes.
     */
    ITERATIVE,
    /** All at once: every round's mask is taken from the dense network, at that round's density. */
    ONE_SHOT
  }

  /** Among which weights those with the lowest scores are removed. */
  public enum Scope {
    /** In each layer by itself. */
    LAYER,
    /** In the whole network, with one threshold. */
    GLOBAL
  }

  /** What a criterion scores. */
  public enum Input {
    /** The weights before and after a training. */
    TRAINING,
    /** The initial weights, before anything is trained. */
    INITIALISATION
  }

  /** What weights are scored by; those with the lowest scores are removed, ties by index. */
  public enum Criterion {
    /** |w| at the end of training. */
    MAGNITUDE(Input.TRAINING),
    /** |w| at the end minus |w| at the start (Zhou et al. 2019). */
    MAGNITUDE_INCREASE(Input.TRAINING),
    /** |w at the end - w at the start| (Zhou et al. 2019). */
    MOVEMENT(Input.TRAINING),
    /** |w| at the end where its sign is that of the start, else 0 (Zhou et al. 2019). */
    LARGE_FINAL_SAME_SIGN(Input.TRAINING),
    /** A random number. */
    RANDOM(Input.TRAINING),
    /** |w dL/dw| at initialisation (Lee et al. 2019). */
    SNIP(Input.INITIALISATION),
    /** -w (H g) at initialisation, the lowest kept (Wang et al. 2020). */
    GRASP(Input.INITIALISATION),
    /** Synaptic flow at initialisation, in 100 small steps, without data (Tanaka et al. 2020). */
    SYNFLOW(Input.INITIALISATION);

    private final Input input;

    Criterion(Input input) {
      this.input = input;
    }

    /** What it scores. */
    public Input input() {
      return input;
    }
  }

  /**
   * Fractions in [0, 1) of the surviving weights that one round removes; 0 prunes nothing.
   *
   * @param dense in hidden dense layers
   * @param conv in convolutions
   * @param output in the last dense layer
   * @param global in the whole network, instead of the others with {@link Scope#GLOBAL}
   */
  public record Rates(double dense, double conv, double output, double global) {

    private static final double CONV = 0.1;
    private static final double GLOBAL = 0.2;

    /** Checks the fractions. */
    public Rates {
      ValueRange.PRUNING_RATE.check("pruning.rates.dense", dense);
      ValueRange.PRUNING_RATE.check("pruning.rates.conv", conv);
      ValueRange.PRUNING_RATE.check("pruning.rates.output", output);
      ValueRange.PRUNING_RATE.check("pruning.rates.global", global);
    }

    /** Rates of a network of dense layers. */
    public Rates(double dense, double output) {
      this(dense, CONV, output, GLOBAL);
    }

    /** Reads stored rates; those of version 0.1.0 are of dense layers only. */
    @JsonCreator
    static Rates of(
        @JsonProperty("dense") double dense,
        @JsonProperty("conv") Double conv,
        @JsonProperty("output") double output,
        @JsonProperty("global") Double global) {
      return new Rates(dense, conv == null ? CONV : conv, output, global == null ? GLOBAL : global);
    }
  }

  /** Checks the number of rounds, and that schedule and criterion fit. */
  public PruningSpec {
    ValueRange.POSITIVE.check("pruning.rounds", rounds);
    targetPercent.ifPresent(
        target -> ValueRange.TARGET_PERCENT.check("pruning.target-percent", target));
    require(
        schedule == Schedule.ONE_SHOT || criterion.input() == Input.TRAINING,
        "pruning.criterion",
        "one that scores trained weights with pruning.schedule = iterative (this one needs"
            + " one-shot: its masks are made before training)",
        criterion);
  }

  /** Pruning at fixed rates. */
  public PruningSpec(Schedule schedule, int rounds, Rates rates, Scope scope, Criterion criterion) {
    this(schedule, rounds, Optional.empty(), rates, scope, criterion);
  }

  /**
   * The fraction of the surviving weights that each round removes to reach the target, if there is
   * one.
   */
  @JsonIgnore
  public Optional<Double> targetRate() {
    return targetPercent.map(target -> 1 - StrictMath.pow(target / 100, 1.0 / rounds));
  }
}
