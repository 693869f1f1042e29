package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.training.TestCampaigns;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTest {

  private static final Network LENET = Networks.LENET_300_100;

  private final Seeds seeds = new Seeds(11, 1);
  private final Weights weights = GlorotNormal.draw(LENET, seeds.stream("weights"));
  private final Mask pruned =
      Pruning.next(
          TestCampaigns.PRUNING, seeds, 1, Mask.ones(LENET), new WeightChange(weights, weights));

  @Test
  void isReadBackFromItsBytes() {
    byte[] bytes = pruned.encode();
    assertEquals(pruned, Mask.decode(bytes));
    assertArrayEquals(bytes, Mask.decode(bytes).encode());
    bytes[40] ^= 1;
    assertThrows(IllegalArgumentException.class, () -> Mask.decode(bytes));
  }

  @Test
  void prunedWeightsBecomePositiveZeroAndNothingElseChanges() {
    Weights masked = pruned.apply(weights);
    float[] before = weights.toArray();
    float[] after = masked.toArray();
    float[] keep = pruned.multipliers();
    for (int i = 0; i < after.length; i++) {
      int expected = Float.floatToRawIntBits(keep[i] == 1f ? before[i] : 0f);
      assertEquals(expected, Float.floatToRawIntBits(after[i]));
    }
    assertNotEquals(weights, masked);
  }

  @Test
  void countsBitsNotWeights() {
    assertEquals(LENET.prunableCount(), Mask.ones(LENET).density().remaining());
    assertEquals(188_160, pruned.count(0));
    assertEquals(24_000, pruned.count(1));
    assertEquals(900, pruned.count(2));
    assertEquals(213_060, pruned.density().remaining());
    assertEquals("output", pruned.density().layers().get(2).name());
  }

  @Test
  void isImmutable() {
    pruned.bits(0).clear();
    assertEquals(188_160, pruned.count(0));
  }

  @Test
  void rejectsBitsThatNoWeightHas() {
    BitSet tooMany = new BitSet();
    tooMany.set(1000);
    List<BitSet> layers = List.of(new BitSet(), new BitSet(), tooMany);
    assertThrows(IllegalArgumentException.class, () -> Mask.of(LENET, layers));
  }
}
