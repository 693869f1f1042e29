package io.tombola.training.engine.dense.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.data.Split;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jZipTest {

  private static final TrainingSpec ADAM =
      new TrainingSpec(1, 1, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3), 1, 1);
  private static final long[] SHAPE = {50, 1, 28, 28};
  private static final Network PIXEL = Networks.of("conv 2 1, dense 2", new ImageShape(1, 2, 2), 2);

  @Test
  void dl4jReadsBackEveryValue() throws IOException {
    Network network =
        Networks.of(
            "conv 3, batch-norm, conv 2, max-pool 2, dense 4, dropout 0.5, dense 3",
            new ImageShape(4, 6, 2),
            3);
    Weights weights = GlorotNormal.draw(network, new Seeds(1, 1).stream("initialisation"));
    MultiLayerNetwork restored = restore(Dl4jZip.encode(weights, ADAM));
    float[] read = new float[network.parameterCount()];
    for (Dl4jParameters.Parameter parameter : new Dl4jParameters(network).all()) {
      parameter.read(restored.getLayer(parameter.layer()).getParam(parameter.key()), read);
    }
    assertArrayEquals(weights.toArray(), read);
  }

  @Test
  void theRestoredNetworkPutsOutWhatTheWeightsSay() throws IOException {
    // Two filters over two channels of one pixel each, then a dense layer over 2 pixels x 2
    // filters: few enough to work out by hand.
    float[] values = {
      1, -1, 2, 3, // from channel 0 to both filters, from channel 1
      0, 1, // biases
      1, 0, 0, 2, -1, 0, 0, 1, // from pixel 0, filter 0; pixel 0, filter 1; pixel 1, ...
      0.5f, 0
    };
    // Channel 0 is 1 at pixel 0 and 2 at pixel 1; channel 1 is 3 and -1.
    INDArray image = Nd4j.create(new float[] {1, 2, 3, -1}, new long[] {1, 2, 1, 2}, 'c');
    // Pixel 0: filter 0 = 1 + 6 = 7, filter 1 = -1 + 9 + 1 = 9. Pixel 1: 2 - 2 = 0; -2 - 3 + 1,
    // which ReLU makes 0. Class 0: 7 + 0.5; class 1: 2 * 9.
    double odds = Math.exp(18 - 7.5);
    MultiLayerNetwork restored = restore(Dl4jZip.encode(Weights.of(PIXEL, values), ADAM));
    INDArray output = restored.output(image);
    assertEquals(1 / (1 + odds), output.getDouble(0, 0), 1e-9);
    assertEquals(odds / (1 + odds), output.getDouble(0, 1), 1e-6);
  }

  @Test
  void theRestoredNetworkMeasuresWhatThisEngineMeasures() throws IOException {
    Network network =
        Networks.of(
            "conv 3, batch-norm, max-pool 4, dense 6, dense 10", new ImageShape(28, 28, 1), 10);
    Weights weights = GlorotNormal.draw(network, new Seeds(2, 1).stream("initialisation"));
    DatasetSpec few =
        new DatasetSpec(
            "fashion-mnist",
            Optional.empty(),
            DatasetSpec.Normalization.NONE,
            50,
            Optional.of(60),
            Optional.of(1));
    DataSplits splits = DataSplits.of(TestCampaigns.fashionMnist(), few, new Seeds(2, 1));
    Split split = splits.validation();
    INDArray output =
        restore(Dl4jZip.encode(weights, ADAM)).output(Nd4j.create(images(split), SHAPE, 'c'));
    double loss = 0;
    for (int i = 0; i < split.size(); i++) {
      loss -= Math.log(output.getDouble(i, split.label(i))) / split.size();
    }
    assertEquals(evaluate(weights, splits).lossNats(), loss, 1e-5);
  }

  private static float[] images(Split split) {
    float[] images = new float[split.size() * 28 * 28];
    for (int i = 0; i < split.size(); i++) {
      split.gather(i, images, i * 28 * 28);
    }
    return images;
  }

  private static Evaluation evaluate(Weights weights, DataSplits splits) {
    Engines engines = Engines.detect(1);
    TrainingPosition start = new TrainingPosition(0, weights, OptimizerState.FRESH);
    SessionSpec spec =
        new SessionSpec(
            TestCampaigns.recipe(1, 1, 1),
            splits,
            start,
            Mask.ones(weights.network()),
            new DataOrder(new Seeds(2, 1), 0),
            LearningRates.of(ADAM),
            EngineName.DL4J);
    try (Engine engine = engines.open(engines.devices().get(0));
        TrainingSession session = engine.open(spec)) {
      return session.evaluate(splits.validation());
    }
  }

  @Test
  void equalWeightsGiveEqualBytesWithoutATime() throws IOException {
    Weights weights = GlorotNormal.draw(PIXEL, new Seeds(1, 1).stream("initialisation"));
    byte[] file = Dl4jZip.encode(weights, ADAM);
    assertArrayEquals(file, Dl4jZip.encode(weights, ADAM));
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      ZipEntry first = zip.getNextEntry();
      assertEquals(LocalDateTime.of(1980, 1, 1, 0, 0), first.getTimeLocal());
    }
  }

  private static MultiLayerNetwork restore(byte[] file) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file));
  }
}
