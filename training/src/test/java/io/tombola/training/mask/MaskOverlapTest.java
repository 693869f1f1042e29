package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.Seeds;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskOverlapTest {

  /** Ten weights and ten. */
  private static final Network TINY = Networks.of("dense 5, dense 2", new ImageShape(1, 2, 1), 2);

  private static final Mask FIRST = mask(List.of(0, 1, 2, 3, 4), List.of(0, 1));
  private static final Mask SECOND = mask(List.of(3, 4, 5, 6), List.of(1, 2, 3, 4));

  @Test
  void countsWhatIsSharedInEachLayer() {
    List<MaskOverlap> layers = MaskOverlap.byLayer(FIRST, SECOND);
    assertEquals(new MaskOverlap(5, 4, 2, 10, 2.0), layers.get(0));
    assertEquals(new MaskOverlap(2, 4, 1, 10, 0.8), layers.get(1));
    assertEquals(2 / 7.0, layers.get(0).intersectionOverUnion(), 1e-15);
    assertEquals(2 / 7.0, layers.get(0).chance(), 1e-15);
    assertEquals(1 / 5.0, layers.get(1).intersectionOverUnion(), 1e-15);
    assertEquals(0.8 / 5.2, layers.get(1).chance(), 1e-15);
    assertEquals(5 / 10.0, layers.get(0).hammingDistance(), 1e-15);
    assertEquals(4 / 10.0, layers.get(1).hammingDistance(), 1e-15);
  }

  @Test
  void countsWhatIsSharedInTheWholeNetwork() {
    assertEquals(new MaskOverlap(7, 8, 3, 20, 2.8), MaskOverlap.of(FIRST, SECOND));
    assertEquals(3 / 12.0, MaskOverlap.intersectionOverUnion(FIRST, SECOND), 1e-15);
    assertEquals(2.8 / 12.2, MaskOverlap.chance(FIRST, SECOND), 1e-15);
    assertEquals(9 / 20.0, MaskOverlap.hammingDistance(FIRST, SECOND), 1e-15);
  }

  @Test
  void equalMasksShareEverything() {
    MaskOverlap same = MaskOverlap.of(FIRST, FIRST);
    assertEquals(1, same.intersectionOverUnion());
    assertEquals(0, same.hammingDistance());
    Mask empty = mask(List.of(), List.of());
    assertEquals(1, MaskOverlap.of(empty, empty).intersectionOverUnion());
    assertEquals(0, MaskOverlap.of(empty, FIRST).intersectionOverUnion());
    assertEquals(7 / 20.0, MaskOverlap.of(empty, FIRST).hammingDistance(), 1e-15);
  }

  @Test
  void randomMasksOverlapAsChanceHasIt() {
    Mask ones = Mask.ones(Networks.LENET_300_100);
    BitSet half = new BitSet();
    half.set(0, 100_000);
    Mask like = Mask.of(ones.network(), List.of(half, ones.bits(1), ones.bits(2)));
    Seeds seeds = new Seeds(2, 1);
    MaskOverlap overlap =
        MaskOverlap.of(
            RandomMask.shuffleLayers(like, seeds.stream("one")),
            RandomMask.shuffleLayers(like, seeds.stream("other")));
    assertEquals(overlap.chance(), overlap.intersectionOverUnion(), 0.005);
  }

  @Test
  void masksOfDifferentNetworksAreRefused() {
    Mask other = Mask.ones(Networks.LENET_300_100);
    assertThrows(IllegalArgumentException.class, () -> MaskOverlap.of(FIRST, other));
  }

  private static Mask mask(List<Integer> hidden, List<Integer> output) {
    return Mask.of(TINY, List.of(bits(hidden), bits(output)));
  }

  private static BitSet bits(List<Integer> kept) {
    BitSet bits = new BitSet();
    kept.forEach(bits::set);
    return bits;
  }
}
