package io.tombola.training.saliency;

/**
 * What a layer, or the activation after it, does to one example. Methods are pure; the derivatives
 * they carry along are those of their own arithmetic, so that a backward pass over {@link Dual}s
 * gives a Hessian's product (Pearlmutter 1994, "Fast exact multiplication by the Hessian").
 */
interface Operator {

  /**
   * The output.
   *
   * @param parameters of the network, in the canonical layout
   */
  Dual forward(Dual parameters, Dual input);

  /** The loss's derivatives by the input, from those by the output. */
  Dual backward(Dual parameters, Dual input, Dual byOutput);

  /** Adds the loss's derivatives by the weights and biases, where it has some. */
  default void addGradient(Dual input, Dual byOutput, Dual gradient) {}
}
