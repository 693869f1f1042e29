package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Where survivors go back to before they are trained again.
 *
 * @param mode what goes back
 * @param to the iteration gone back to; 0 is the initialisation
 * @param optimizer what the optimizer starts with; fresh where there is nothing to restore
 */
public record RewindSpec(Mode mode, int to, OptimizerHandling optimizer) {

  /** What goes back. */
  public enum Mode {
    /**
     * Weights, schedule and data order go back to iteration {@code to} (Frankle et al. 2020, arXiv
     * 1912.05671; 0 is Frankle and Carbin 2019).
     */
    WEIGHTS,
    /**
     * Weights stay as trained; schedule and data order go back to iteration {@code to} (Renda et
     * al. 2020, arXiv 2003.02389).
     */
    LEARNING_RATE,
    /**
     * Weights stay as trained and train on at the schedule's last learning rate, for as many
     * iterations as there are after {@code to} (Renda et al. 2020).
     */
    FINE_TUNE,
    /**
     * Masks come from a chain that is trained on from round to round and never rewound; each
     * round's ticket starts at the initialisation (Frankle and Carbin 2019, appendix, "iterative
     * pruning with continued training").
     */
    CONTINUED
  }

  /** The optimizer's state after a rewind. */
  public enum OptimizerHandling {
    /** Step count and moments start from zero. */
    FRESH,
    /** Step count and moments of the surviving weights are those of iteration {@code to}. */
    RESTORED
  }

  /** The paper's: weights at their first values. */
  public static final RewindSpec TO_INITIALISATION =
      new RewindSpec(Mode.WEIGHTS, 0, OptimizerHandling.FRESH);

  /** Checks the iteration. A log of version 0.1.0 has no mode: weights went back. */
  public RewindSpec {
    mode = mode == null ? Mode.WEIGHTS : mode;
    Range.ITERATION.check("rewind.to", to);
    require(
        mode != Mode.CONTINUED || to == 0,
        "rewind.to",
        "0, since with mode = continued tickets start at the initialisation",
        to);
    if (mode != Mode.WEIGHTS || to == 0) {
      optimizer = OptimizerHandling.FRESH;
    }
  }

  /** Whether weights go back to a point of the dense network's training. */
  @JsonIgnore
  public boolean toTrainedWeights() {
    return mode == Mode.WEIGHTS && to > 0;
  }
}
