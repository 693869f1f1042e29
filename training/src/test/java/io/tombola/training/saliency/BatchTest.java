package io.tombola.training.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Split;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final Seeds SEEDS = new Seeds(7, 1);

  private final DataSplits splits =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS);
  private final Batch batch = Batch.draw(splits, SEEDS);

  @Test
  void hasTenExamplesOfEachClass() {
    assertEquals(100, batch.size());
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertEquals(10, IntStream.range(0, 100).filter(e -> batch.label(e) == wanted).count());
    }
  }

  @Test
  void holdsDistinctTrainingExamplesUnderTheirLabels() {
    Split train = splits.train();
    int found = 0;
    for (int position : SEEDS.stream("saliency-batch").permutation(train.size())) {
      if (found < batch.size()
          && train.label(position) == batch.label(found)
          && Arrays.equals(pixels(train, position), batch.input(found))) {
        found++;
      }
    }
    assertEquals(100, found, "a part of the permutation, in its order");
  }

  @Test
  void isDrawnByTheSeed() {
    Batch again = Batch.draw(splits, SEEDS);
    assertArrayEquals(batch.input(57), again.input(57));
    Batch other = Batch.draw(splits, new Seeds(7, 2));
    assertFalse(Arrays.equals(batch.input(57), other.input(57)));
  }

  private static double[] pixels(Split split, int position) {
    float[] pixels = new float[784];
    split.gather(position, pixels, 0);
    return IntStream.range(0, 784).mapToDouble(i -> pixels[i]).toArray();
  }
}
