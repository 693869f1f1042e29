package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomMaskTest {

  private static final Network LENET = Networks.LENET_300_100;

  /** Keeps every tenth weight of the first layer, half of the second, all of the last. */
  private static final Mask TICKET = ticket();

  @Test
  void drawsUniformlyOverTheWholeNetwork() {
    Mask random = RandomMask.draw(TICKET, stream(1));
    assertEquals(TICKET.density().remaining(), random.density().remaining());
    double density = TICKET.density().remaining() / 266_200.0;
    // Hypergeometric deviations: at most 0.002 of each of the larger layers.
    assertEquals(density, random.count(0) / 235_200.0, 0.005);
    assertEquals(density, random.count(1) / 30_000.0, 0.01);
    assertEquals(density, random.count(2) / 1_000.0, 0.06);
    assertEquals(density, shared(random, TICKET, 0) / (double) TICKET.count(0), 0.01);
    assertEquals(random, RandomMask.draw(TICKET, stream(1)));
    assertNotEquals(random, RandomMask.draw(TICKET, stream(2)));
  }

  @Test
  void shufflingKeepsEveryLayersCount() {
    Mask shuffled = RandomMask.shuffleLayers(TICKET, stream(1));
    assertEquals(TICKET.density(), shuffled.density());
    // Independent masks of a tenth share a hundredth, of a half a quarter.
    assertEquals(0.01, shared(shuffled, TICKET, 0) / 235_200.0, 0.002);
    assertEquals(0.25, shared(shuffled, TICKET, 1) / 30_000.0, 0.01);
    assertEquals(shuffled, RandomMask.shuffleLayers(TICKET, stream(1)));
    assertNotEquals(shuffled, RandomMask.shuffleLayers(TICKET, stream(2)));
  }

  private static int shared(Mask one, Mask other, int layer) {
    BitSet common = one.bits(layer);
    common.and(other.bits(layer));
    return common.cardinality();
  }

  private static RandomStream stream(int draw) {
    return new Seeds(5, 1).stream("masks", draw);
  }

  private static Mask ticket() {
    BitSet first = new BitSet();
    for (int i = 0; i < 235_200; i += 10) {
      first.set(i);
    }
    BitSet second = new BitSet();
    second.set(0, 15_000);
    BitSet last = new BitSet();
    last.set(0, 1_000);
    return Mask.of(LENET, List.of(first, second, last));
  }
}
