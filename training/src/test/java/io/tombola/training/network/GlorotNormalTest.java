package io.tombola.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.seed.Seeds;
import org.junit.jupiter.api.Test;

class GlorotNormalTest {

  private static final Network LENET = Networks.LENET_300_100;

  private final float[] values = draw(1).toArray();

  @Test
  void varianceIsTwoOverTheFans() {
    for (int l = 0; l < LENET.prunableLayers().size(); l++) {
      PrunableLayer layer = LENET.prunableLayers().get(l);
      double squares = 0;
      double sum = 0;
      for (int i = 0; i < layer.weightCount(); i++) {
        double w = values[LENET.weightOffset(l) + i];
        squares += w * w;
        sum += w;
      }
      double variance = 2.0 / (layer.fanIn() + layer.fanOut());
      // Five deviations of a sample variance of this many weights.
      double tolerance = 5 * Math.sqrt(2.0 / layer.weightCount());
      assertEquals(1, squares / layer.weightCount() / variance, tolerance, layer.name());
      double deviation = Math.sqrt(variance / layer.weightCount());
      assertEquals(0, sum / layer.weightCount(), 5 * deviation, layer.name());
    }
  }

  @Test
  void biasesAreZero() {
    for (int l = 0; l < LENET.prunableLayers().size(); l++) {
      for (int b = 0; b < LENET.prunableLayers().get(l).outputs(); b++) {
        assertEquals(0f, values[LENET.biasOffset(l) + b]);
      }
    }
  }

  @Test
  void theStreamDecides() {
    assertEquals(draw(1), draw(1));
    assertNotEquals(draw(1), draw(2));
  }

  private static Weights draw(int replicate) {
    return GlorotNormal.draw(LENET, new Seeds(7, replicate).stream("initialisation"));
  }
}
