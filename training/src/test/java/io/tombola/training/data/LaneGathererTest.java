package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.TestCampaigns;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LaneGathererTest {

  @Test
  void lanesHaveTheValuesOfTheirExamples() {
    Split split =
        DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, new Seeds(7, 1))
            .train();
    int[] positions = {54_999, 3, 17, 0, 1234};
    int[] values = {0, 300, 301, 783};
    float[] lanes = new float[5 + values.length * 8];
    Arrays.fill(lanes, -1);
    new LaneGatherer(values, 8).gather(split, positions, 4, lanes, 5);
    for (int e = 0; e < 8; e++) {
      float[] example = new float[784];
      if (e < 4) {
        split.gather(positions[e], example, 0);
      }
      for (int r = 0; r < values.length; r++) {
        assertEquals(e < 4 ? example[values[r]] : -1, lanes[5 + r * 8 + e]);
      }
    }
  }
}
