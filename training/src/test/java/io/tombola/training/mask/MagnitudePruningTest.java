package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest {

  private static final PruningSpec SPEC = TestCampaigns.PRUNING;
  private static final Network TINY = Networks.of("dense 5, dense 2", new ImageShape(1, 2, 1), 2);

  @Test
  void climbsDownTheGoldenLadder() {
    Mask mask = Mask.ones(Networks.LENET_300_100);
    List<String> ladder = new ArrayList<>();
    for (int round = 1; round <= 20; round++) {
      mask = MagnitudePruning.prune(weights(Networks.LENET_300_100, round), mask, SPEC);
      ladder.add(String.format(Locale.ROOT, "%.2f", mask.density().remainingPercent()));
    }
    assertEquals(
        List.of(
            "80.04", "64.06", "51.28", "41.05", "32.87", "26.32", "21.07", "16.88", "13.52",
            "10.83", "8.68", "6.95", "5.57", "4.47", "3.58", "2.87", "2.31", "1.85", "1.49",
            "1.19"),
        ladder);
  }

  @Test
  void removesExactlyTheRoundedCount() {
    assertEquals(47_040, MagnitudePruning.removedCount(0.2, 235_200));
    assertEquals(100, MagnitudePruning.removedCount(0.1, 1_000));
    assertEquals(2, MagnitudePruning.removedCount(0.5, 5), "2.5 goes to even");
    assertEquals(4, MagnitudePruning.removedCount(0.5, 7), "3.5 goes to even");
    assertEquals(0, MagnitudePruning.removedCount(0.2, 2), "0.4 is nothing");
    assertEquals(0, MagnitudePruning.removedCount(0.5, 1), "0.5 goes to even");
    // In binary, 0.3 * 5 is just below a half.
    assertEquals(2, MagnitudePruning.removedCount(0.3, 5));
    assertEquals(0, MagnitudePruning.removedCount(0.2, 0));
  }

  @Test
  void theSmallestMagnitudesGoWhateverTheirSign() {
    float[] values = new float[TINY.parameterCount()];
    for (int i = 0; i < 10; i++) {
      values[i] = (i % 2 == 0 ? 1 : -1) * (10 - i);
    }
    Mask mask = MagnitudePruning.prune(Weights.of(TINY, values), Mask.ones(TINY), SPEC);
    for (int i = 0; i < 10; i++) {
      assertEquals(i < 8, mask.keeps(0, i));
    }
  }

  @Test
  void tiesFallByTheLowestIndex() {
    float[] values = new float[TINY.parameterCount()];
    values[TINY.weightOffset(1)] = 5;
    values[TINY.weightOffset(1) + 1] = -0f;
    Mask mask = MagnitudePruning.prune(Weights.of(TINY, values), Mask.ones(TINY), SPEC);
    assertFalse(mask.keeps(0, 0));
    assertFalse(mask.keeps(0, 1));
    assertEquals(8, mask.count(0));
    assertTrue(mask.keeps(1, 0));
    assertFalse(mask.keeps(1, 1), "-0.0 ties with 0.0");
    assertEquals(9, mask.count(1));
  }

  @Test
  void neverLooksAtPrunedWeights() {
    BitSet hidden = new BitSet();
    hidden.set(5, 10);
    BitSet output = new BitSet();
    output.set(0, 10);
    Mask current = Mask.of(TINY, List.of(hidden, output));
    Weights zeros = Weights.of(TINY, new float[TINY.parameterCount()]);
    Mask next = MagnitudePruning.prune(zeros, current, SPEC);
    assertEquals(4, next.count(0));
    assertFalse(next.keeps(0, 5));
  }

  @Test
  void masksOnlyShrink() {
    Mask mask = Mask.ones(Networks.LENET_300_100);
    for (int round = 1; round <= 5; round++) {
      Mask next = MagnitudePruning.prune(weights(Networks.LENET_300_100, round), mask, SPEC);
      for (int l = 0; l < 3; l++) {
        BitSet grown = next.bits(l);
        grown.andNot(mask.bits(l));
        assertTrue(grown.isEmpty());
      }
      mask = next;
    }
  }

  @Test
  void keepsTheLargerHalfOfEveryLayer() {
    Weights weights = weights(Networks.LENET_300_100, 1);
    Mask mask = MagnitudePruning.prune(weights, Mask.ones(Networks.LENET_300_100), SPEC);
    for (int l = 0; l < 3; l++) {
      float largestGone = 0;
      float smallestKept = Float.MAX_VALUE;
      for (int i = 0; i < Networks.LENET_300_100.layers().get(l).weightCount(); i++) {
        float magnitude = Math.abs(weights.weight(l, i));
        if (mask.keeps(l, i)) {
          smallestKept = Math.min(smallestKept, magnitude);
        } else {
          largestGone = Math.max(largestGone, magnitude);
        }
      }
      assertTrue(largestGone <= smallestKept);
    }
  }

  private static Weights weights(Network network, int draw) {
    return GlorotNormal.draw(network, new Seeds(3, draw).stream("weights"));
  }
}
