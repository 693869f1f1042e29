package io.tombola.training;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;

/**
 * Runs one step and the first part of a measurement, and discards the results, to see whether a
 * device has the memory for a training and computes. Called on the engine's thread; holds nothing
 * afterwards.
 */
public final class DeviceProbe {

  private static final int CLASSES = 2;

  private DeviceProbe() {}

  /**
   * Probes at the size of a trial.
   *
   * @throws RuntimeException whatever the engine throws, and so for errors
   */
  public static void run(Engine engine, DataSplits splits, TrialSetup setup) {
    run(engine, setup.session(splits));
  }

  /** Probes with the smallest network, on a black image. */
  public static void smallest(Engine engine) {
    DataSplits blank = DataSplits.blank(new ImageShape(1, 1, 1), CLASSES);
    Network network = Networks.of("dense " + CLASSES, new ImageShape(1, 1, 1), CLASSES);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1);
    TrainingSpec oneStep = new TrainingSpec(1, 1, sgd, 1, 1);
    Weights zeros = Weights.of(network, new float[network.parameterCount()]);
    run(
        engine,
        new SessionSpec(
            oneStep,
            blank,
            new TrainingPosition(0, zeros, OptimizerState.FRESH),
            Mask.ones(network),
            new DataOrder(new Seeds(0, 1), 0),
            LearningRates.of(oneStep),
            EngineName.DL4J));
  }

  private static void run(Engine engine, SessionSpec spec) {
    try (TrainingSession session = engine.open(spec)) {
      double unused = session.advance(1);
      session.measure(spec.splits().validation()).next();
    }
  }
}
