package io.tombola.training.saliency;

/**
 * What a stage does to one example. Methods are pure; the derivatives they carry along are those of
 * their own arithmetic, so that a backward pass over {@link Dual}s gives a Hessian's product
 * (Pearlmutter 1994, "Fast exact multiplication by the Hessian").
 */
interface Operator {

  /**
   * The stage's output.
   *
   * @param parameters of the network, in the canonical layout
   */
  Dual forward(Dual parameters, Dual input);

  /** The loss's derivatives by the input, from those by the output. */
  Dual backward(Dual parameters, Dual input, Dual byOutput);

  /** Adds the loss's derivatives by this stage's weights and biases. */
  default void addGradient(Dual input, Dual byOutput, Dual gradient) {}
}
