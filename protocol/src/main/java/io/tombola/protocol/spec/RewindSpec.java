package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How surviving weights are rewound before they are trained again.
 *
 * @param mode what is rewound
 * @param to the iteration to rewind to; 0 is the initialisation
 * @param optimizer what the optimizer starts with; fresh where there is nothing to restore
 */
public record RewindSpec(Mode mode, int to, OptimizerHandling optimizer) {

  /** What is rewound. */
  public enum Mode {
    /**
     * Weights, schedule and data order are rewound to iteration {@code to} (Frankle et al. 2020,
     * arXiv 1912.05671; 0 is Frankle and Carbin 2019).
     */
    WEIGHTS,
    /**
     * Weights stay as trained; schedule and data order are rewound to iteration {@code to} (Renda
     * et al. 2020, arXiv 2003.02389).
     */
    LEARNING_RATE,
    /**
     * Weights stay as trained and are trained further at the schedule's last learning rate, for as
     * many iterations as there are after {@code to} (Renda et al. 2020).
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

  /** Checks the iteration. Events of version 0.1.0 have no mode: weights were rewound. */
  public RewindSpec {
    mode = mode == null ? Mode.WEIGHTS : mode;
    ValueRange.ITERATION.check("rewind.to", to);
    require(
        mode != Mode.CONTINUED || to == 0,
        "rewind.to",
        "0, since with mode = continued tickets start at the initialisation",
        to);
    if (mode != Mode.WEIGHTS || to == 0) {
      optimizer = OptimizerHandling.FRESH;
    }
  }

  /** Whether weights are rewound to a point of the dense network's training. */
  @JsonIgnore
  public boolean toTrainedWeights() {
    return mode == Mode.WEIGHTS && to > 0;
  }
}
