package io.tombola.training.engine.dl4j;

import io.tombola.training.network.Stage;
import io.tombola.training.seed.RandomStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** Dropout forth and back, in place: values and gradients are multiplied by the same factors. */
final class Dropping implements Forward {

  private final Stage.Dropout stage;
  private final float[] factors;

  Dropping(Stage.Dropout stage, int examples) {
    this.stage = stage;
    factors = new float[examples * stage.input().values()];
  }

  @Override
  public Values infer(Values input) {
    return input;
  }

  @Override
  public Values train(Values input, IntFunction<RandomStream> dropouts) {
    RandomStream stream = dropouts.apply(stage.index());
    float kept = (float) (1 / (1 - stage.rate()));
    for (int i = 0; i < factors.length; i++) {
      factors[i] = stream.nextDouble() < stage.rate() ? 0 : kept;
    }
    Elementwise.multiply(input.array(), factors);
    input.changed();
    return input;
  }

  private void back(Values gradient, Optional<Values> below) {
    Elementwise.multiply(gradient.array(), factors);
    gradient.changed();
  }

  @Override
  public Stage.Dropout stage() {
    return stage;
  }

  @Override
  public Backward backward() {
    return this::back;
  }
}
