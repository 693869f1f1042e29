package io.tombola.training.saliency;

/**
 * Values and, where they are asked for, their derivatives along one direction of the parameters
 * (forward-mode differentiation).
 */
final class Dual {

  private static final double[] NONE = {};

  final double[] value;
  final double[] tangent;

  private Dual(double[] value, double[] tangent) {
    this.value = value;
    this.tangent = tangent;
  }

  /** Values without derivatives; shares the array. */
  static Dual plain(double[] value) {
    return new Dual(value, NONE);
  }

  /** Values with derivatives; shares the arrays. */
  static Dual of(double[] value, double[] tangent) {
    return new Dual(value, tangent);
  }

  /** Zeros, with derivatives where this has them. */
  Dual zeros(int size) {
    return new Dual(new double[size], hasTangent() ? new double[size] : NONE);
  }

  boolean hasTangent() {
    return tangent.length > 0;
  }

  int size() {
    return value.length;
  }
}
