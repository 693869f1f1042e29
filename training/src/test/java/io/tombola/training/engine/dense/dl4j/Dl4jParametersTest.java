package io.tombola.training.engine.dense.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;

class Dl4jParametersTest {

  private static final Network NETWORK =
      Networks.of(
          "conv 4, batch-norm, conv 3 5, max-pool 2, dropout 0.25, dense 6, batch-norm, dense 3",
          new ImageShape(6, 5, 2),
          3);
  private static final TrainingSpec SGD = training(new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1));

  @Test
  void everyParameterIsCopiedToItsPlace() {
    float[] values = GlorotNormal.draw(NETWORK, new Seeds(3, 1).stream("weights")).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += i;
    }
    MultiLayerNetwork theirs = Dl4jParameters.networkOf(Weights.of(NETWORK, values), SGD);
    assertEquals(values.length, theirs.numParams());
    float[] back = new float[values.length];
    for (Dl4jParameters.Parameter parameter : new Dl4jParameters(NETWORK).all()) {
      parameter.read(theirs.getLayer(parameter.layer()).getParam(parameter.key()), back);
    }
    assertArrayEquals(values, back);
    // Filter 2 of the second convolution, channel 3, row 1, column 4: row (1 * 5 + 4) * 4 + 3.
    int at = NETWORK.weightOffset(1) + 39 * 3 + 2;
    assertEquals(values[at], theirs.getLayer(3).getParam("W").getFloat(2, 3, 1, 4));
    // The first dense layer: channel 2, row 1, column 1 of 3 x 2 pixels, to unit 5.
    at = NETWORK.weightOffset(2) + ((1 * 2 + 1) * 3 + 2) * 6 + 5;
    assertEquals(values[at], theirs.getLayer(6).getParam("W").getFloat(2 * 6 + 1 * 2 + 1, 5));
  }

  @Test
  void networksOfDenseLayersTakeRowsOfValues() {
    Network dense = Networks.of("dense 4, dense 2", new ImageShape(2, 2, 3), 2);
    Weights weights = GlorotNormal.draw(dense, new Seeds(3, 1).stream("weights"));
    MultiLayerNetwork theirs = Dl4jParameters.networkOf(weights, SGD);
    assertEquals(weights.weight(0, 7 * 4 + 1), theirs.getLayer(0).getParam("W").getFloat(7, 1));
  }

  @Test
  void ratesAreTheSchedules() {
    List<ScheduleSpec> schedules =
        List.of(
            ScheduleSpec.constant(),
            new ScheduleSpec.Constant(4),
            new ScheduleSpec.Step(List.of(3, 8), 0.5, 0),
            new ScheduleSpec.Step(List.of(3, 8), 0.1, 5),
            new ScheduleSpec.Cosine(0),
            new ScheduleSpec.Cosine(5));
    for (ScheduleSpec schedule : schedules) {
      TrainingSpec training =
          training(new OptimizerSpec(OptimizerSpec.Type.MOMENTUM, 0.2, 0.9, 0, schedule));
      ISchedule theirs = Dl4jConfiguration.schedule(training);
      for (int i = 0; i < 12; i++) {
        double ours = LearningRates.of(training).at(i);
        assertEquals(ours, theirs.valueAt(i, 0), 1e-12, schedule + " at " + i);
      }
    }
  }

  @Test
  void configurationNamesTheOptimizer() {
    OptimizerSpec momentum =
        new OptimizerSpec(OptimizerSpec.Type.MOMENTUM, 0.2, 0.8, 1e-3, ScheduleSpec.constant());
    String json = Dl4jConfiguration.of(NETWORK, training(momentum)).toJson();
    Nesterovs updater =
        (Nesterovs)
            ((BaseLayer) MultiLayerConfiguration.fromJson(json).getConf(0).getLayer())
                .getIUpdater();
    assertEquals(0.8, updater.getMomentum());
    assertEquals(0.2, updater.getLearningRate(0, 0));
  }

  private static TrainingSpec training(OptimizerSpec optimizer) {
    return new TrainingSpec(12, 60, optimizer, 100, 100);
  }
}
