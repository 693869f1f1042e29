package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tombola.training.TestCampaigns;
import io.tombola.training.seed.Seeds;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSplitsTest {

  private final DataSplits splits = DataSplits.of(TestCampaigns.fashionMnist(), new Seeds(7, 1));

  @Test
  void hasTheSizesOfThePaper() {
    assertEquals(55_000, splits.train().size());
    assertEquals(5_000, splits.validation().size());
    assertEquals(10_000, splits.test().size());
  }

  @Test
  void trainAndValidationShareNothingAndLeaveNothingOut() {
    BitSet seen = new BitSet();
    for (Split split : new Split[] {splits.train(), splits.validation()}) {
      for (int i = 0; i < split.size(); i++) {
        assertFalse(seen.get(split.index(i)));
        seen.set(split.index(i));
      }
    }
    assertEquals(60_000, seen.cardinality());
  }

  @Test
  void isDrawnByTheSeedAlone() {
    Dataset data = TestCampaigns.fashionMnist();
    int[] again = indices(DataSplits.of(data, new Seeds(7, 1)).validation());
    assertArrayEquals(indices(splits.validation()), again);
    int[] other = indices(DataSplits.of(data, new Seeds(7, 2)).validation());
    BitSet shared = new BitSet();
    IntStream.of(again).forEach(shared::set);
    int common = (int) IntStream.of(other).filter(shared::get).count();
    // Hypergeometric: mean 417, deviation about 19.
    assertEquals(417, common, 100);
  }

  @Test
  void gathersTheExampleItNames() {
    float[] viaSplit = new float[784];
    float[] direct = new float[784];
    splits.validation().gather(123, viaSplit, 0);
    int index = splits.validation().index(123);
    splits.dataset().train().gather(index, direct, 0);
    assertArrayEquals(direct, viaSplit);
    assertEquals(splits.dataset().train().label(index), splits.validation().label(123));
  }

  private static int[] indices(Split split) {
    return IntStream.range(0, split.size()).map(split::index).toArray();
  }
}
