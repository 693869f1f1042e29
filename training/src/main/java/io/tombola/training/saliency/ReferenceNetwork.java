package io.tombola.training.saliency;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in double precision, one example after the other, with exact derivatives; dropout does
 * nothing, and batch normalisations use their running statistics. Immutable and thread-safe.
 */
public final class ReferenceNetwork {

  private final List<Operator> operators;

  /** The network without its parameters: those are handed in, in the canonical layout. */
  public ReferenceNetwork(Network network) {
    this.operators =
        network.layers().stream()
            .flatMap(layer -> layer.accept(new Operators(network)).stream())
            .toList();
  }

  /** The values before the softmax. */
  public double[] outputs(double[] parameters, double[] input) {
    return forward(Dual.plain(parameters), Dual.plain(input)).get(operators.size()).value;
  }

  /** The mean softmax cross entropy. */
  public double loss(double[] parameters, Batch batch) {
    double sum = 0;
    for (int e = 0; e < batch.size(); e++) {
      sum += LossHead.loss(outputs(parameters, batch.input(e)), batch.label(e));
    }
    return sum / batch.size();
  }

  /** The mean loss's gradient by weights and biases; 0 for batch normalisations' parameters. */
  public double[] gradient(double[] parameters, Batch batch) {
    return differentiate(Dual.plain(parameters), batch).value;
  }

  /**
   * The mean loss's Hessian by weights and biases times a vector, exactly (Pearlmutter 1994).
   *
   * @param direction in the canonical layout; 0 is taken for batch normalisations' parameters
   */
  public double[] hessianProduct(double[] parameters, double[] direction, Batch batch) {
    return differentiate(Dual.of(parameters, direction), batch).tangent;
  }

  /** The gradient of the sum of the outputs by weights and biases, for one example. */
  public double[] outputSumGradient(double[] parameters, double[] input) {
    Dual gradient = Dual.plain(new double[parameters.length]);
    addGradient(Dual.plain(parameters), input, LossHead.sum(), gradient);
    return gradient.value;
  }

  private Dual differentiate(Dual parameters, Batch batch) {
    Dual gradient = parameters.zeros(parameters.size());
    double share = 1.0 / batch.size();
    for (int e = 0; e < batch.size(); e++) {
      LossHead head = LossHead.crossEntropy(batch.label(e), share);
      addGradient(parameters, batch.input(e), head, gradient);
    }
    return gradient;
  }

  private void addGradient(Dual parameters, double[] input, LossHead head, Dual gradient) {
    Dual constant = parameters.zeros(input.length);
    System.arraycopy(input, 0, constant.value, 0, input.length);
    List<Dual> values = forward(parameters, constant);
    Dual by = head.derivatives(values.get(operators.size()));
    for (int s = operators.size() - 1; s >= 0; s--) {
      operators.get(s).addGradient(values.get(s), by, gradient);
      if (s > 0) {
        by = operators.get(s).backward(parameters, values.get(s), by);
      }
    }
  }

  /** The input, and the output of each operator. */
  private List<Dual> forward(Dual parameters, Dual input) {
    List<Dual> values = new ArrayList<>();
    values.add(input);
    for (Operator operator : operators) {
      values.add(operator.forward(parameters, values.get(values.size() - 1)));
    }
    return values;
  }

  /** The operators of a layer, in their order. */
  private record Operators(Network network) implements Layer.Visitor<List<Operator>> {

    @Override
    public List<Operator> convolution(Layer.Convolution convolution) {
      return activated(new ConvolutionOperator(network, convolution), convolution);
    }

    @Override
    public List<Operator> dense(Layer.Dense dense) {
      return activated(new DenseOperator(network, dense), dense);
    }

    @Override
    public List<Operator> batchNorm(Layer.BatchNorm norm) {
      return activated(new BatchNormOperator(norm), norm);
    }

    @Override
    public List<Operator> pool(Layer.Pool pool) {
      return List.of(PoolOperator.of(pool));
    }

    @Override
    public List<Operator> dropout(Layer.Dropout dropout) {
      return List.of();
    }

    private static List<Operator> activated(Operator operator, Layer layer) {
      return layer.rectified() ? List.of(operator, SelectionOperator.relu()) : List.of(operator);
    }
  }
}
