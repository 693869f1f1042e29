package io.tombola.training.engine;

import java.util.Optional;

/**
 * Loss and accuracy of a session's weights on a split, measured part by part, so that a trainer can
 * answer in between. How it is cut into calls changes no bit of the result. Confined to its
 * engine's thread; the session does nothing else until it is done.
 */
public interface Measurement {

  /** Whether the whole split is measured. */
  boolean done();

  /**
   * Measures the next part.
   *
   * @return how many examples that were
   */
  int next();

  /**
   * How the network does on the split.
   *
   * @throws IllegalStateException if it is not done
   */
  Evaluation result();

  /**
   * The first layer, from input to output, whose weights or activations were not finite in the
   * first part whose loss was not; empty while all losses are finite.
   */
  Optional<String> brokenLayer();
}
