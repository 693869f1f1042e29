package io.tombola.training.engine.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gradients by the parameters of all layers; buffers are reused. Gradients by the input of the
 * first layer with parameters are not computed: nothing needs them.
 */
final class BackwardPass implements AutoCloseable {

  private final List<LayerBackward> steps = new ArrayList<>();
  private final List<Activations> gradients = new ArrayList<>();
  private int first = -1;

  BackwardPass(ForwardPass forward) {
    for (LayerForward step : forward.steps()) {
      boolean inPlace = step.inPlace() && !gradients.isEmpty();
      gradients.add(
          inPlace
              ? gradients.get(gradients.size() - 1)
              : new Activations(forward.examples(), step.layer().output().values()));
      LayerBackward back = step.backward();
      first = first < 0 && !back.trained().isEmpty() ? steps.size() : first;
      steps.add(back);
    }
  }

  /** The derivative by the logits, [examples][classes], to be filled before {@link #run}. */
  Activations logitGradient() {
    return gradients.get(gradients.size() - 1);
  }

  /** Computes all gradients from {@link #logitGradient} and what the forward pass computed. */
  void run() {
    for (int s = steps.size() - 1; s >= first; s--) {
      Optional<Activations> below =
          s > first ? Optional.of(gradients.get(s - 1)) : Optional.empty();
      steps.get(s).run(gradients.get(s), below);
    }
  }

  /** All trained parameters, with the gradients that {@link #run} computed. */
  List<ParameterGroup> trained() {
    return steps.stream().flatMap(step -> step.trained().stream()).toList();
  }

  @Override
  public void close() {
    steps.forEach(LayerBackward::close);
    gradients.forEach(Activations::close);
  }
}
