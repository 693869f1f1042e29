package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PruningTest {

  /** Two weights a unit in the hidden layer, five a class in the last: ten and ten. */
  private static final Network TINY = Networks.of("dense 5, dense 2", new ImageShape(1, 2, 1), 2);

  private static final Network LENET = Networks.LENET_300_100;
  private static final Seeds SEEDS = new Seeds(3, 1);

  @Test
  void followsTheScheduleOfThePaper() {
    Mask mask = Mask.ones(LENET);
    List<String> levels = new ArrayList<>();
    for (int round = 1; round <= 20; round++) {
      WeightChange trained = trained(weights(LENET, round));
      mask = Pruning.next(layers(Criterion.MAGNITUDE), SEEDS, round, mask, trained);
      levels.add(String.format(Locale.ROOT, "%.2f", mask.density().remainingPercent()));
    }
    assertEquals(
        List.of(
            "80.04", "64.06", "51.28", "41.05", "32.87", "26.32", "21.07", "16.88", "13.52",
            "10.83", "8.68", "6.95", "5.57", "4.47", "3.58", "2.87", "2.31", "1.85", "1.49",
            "1.19"),
        levels);
  }

  @Test
  void theSmallestMagnitudesGoWhateverTheirSign() {
    Weights weights = tiny(10, -9, 8, -7, 6, -5, 4, -3, 2, -1);
    assertEquals(List.of(8, 9), gone(prune(Criterion.MAGNITUDE, trained(weights))));
  }

  @Test
  void eachCriterionRemovesWhatItsFormulaSays() {
    Weights before = tiny(1, -4, .5f, 3, -2, 6, 5, -1, 9, 2);
    Weights after = tiny(2, -3, -.4f, .3f, -4, 6, 1, 1.5f, 8, -7);
    WeightChange trained = new WeightChange(before, after);
    // |after|: 2 3 .4 .3 4 6 1 1.5 8 7
    assertEquals(List.of(2, 3), gone(prune(Criterion.MAGNITUDE, trained)));
    // |after| - |before|: 1 -1 -.1 -2.7 2 0 -4 .5 -1 5
    assertEquals(List.of(3, 6), gone(prune(Criterion.MAGNITUDE_INCREASE, trained)));
    // |after - before|: 1 1 .9 2.7 2 0 4 2.5 1 9
    assertEquals(List.of(2, 5), gone(prune(Criterion.MOVEMENT, trained)));
    // |after| with the same sign, else 0: 2 3 0 .3 4 6 1 0 8 0; of the zeros the first two go
    assertEquals(List.of(2, 7), gone(prune(Criterion.LARGE_FINAL_SAME_SIGN, trained)));
  }

  @Test
  void theRandomCriterionLooksAtNothingButItsStream() {
    Mask ones = Mask.ones(LENET);
    PruningSpec spec = layers(Criterion.RANDOM);
    Mask first = Pruning.next(spec, SEEDS, 1, ones, trained(weights(LENET, 1)));
    assertEquals(first, Pruning.next(spec, SEEDS, 1, ones, trained(weights(LENET, 2))));
    assertNotEquals(first, Pruning.next(spec, SEEDS, 2, ones, trained(weights(LENET, 1))));
    assertNotEquals(
        first, Pruning.next(spec, new Seeds(3, 2), 1, ones, trained(weights(LENET, 1))));
    assertEquals(SparsitySchedule.of(spec, LENET).get(1).layers().orElseThrow(), first.density());
  }

  @Test
  void criteriaOfTheInitialisationAreRefused() {
    PruningSpec spec = spec(Schedule.ONE_SHOT, Scope.LAYER, Criterion.SNIP);
    WeightChange trained = trained(weights(TINY, 1));
    assertThrows(IllegalArgumentException.class, () -> Pruning.oneShot(spec, SEEDS, 1, trained));
  }

  @Test
  void tiesFallByTheLowestIndex() {
    float[] values = new float[TINY.parameterCount()];
    values[TINY.weightOffset(1)] = 5;
    values[TINY.weightOffset(1) + 1] = -0f;
    Mask mask = prune(Criterion.MAGNITUDE, trained(Weights.of(TINY, values)));
    assertEquals(List.of(0, 1), gone(mask));
    assertTrue(mask.keeps(1, 0));
    assertFalse(mask.keeps(1, 1), "-0.0 ties with 0.0");
    assertEquals(9, mask.count(1));
  }

  @Test
  void negativeScoresOrderAsNumbersAndNegativeZeroIsZero() {
    Mask ones = Mask.ones(TINY);
    double[] scores = new double[TINY.parameterCount()];
    double[] hidden = {0.0, -0.0, 3, -1e-300, 5, -2, 0.0, 7, -0.0, Double.NaN};
    System.arraycopy(hidden, 0, scores, 0, hidden.length);
    SparsitySchedule.SparsityLevel level =
        new SparsitySchedule.SparsityLevel(20 - 4, 20, Optional.empty());
    for (int i = TINY.weightOffset(1); i < TINY.biasOffset(1); i++) {
      scores[i] = 1;
    }
    assertEquals(List.of(0, 1, 3, 5), gone(LowestScores.remove(ones, scores, level)));
  }

  @Test
  void neverLooksAtPrunedWeights() {
    BitSet hidden = new BitSet();
    hidden.set(5, 10);
    BitSet output = new BitSet();
    output.set(0, 10);
    Mask current = Mask.of(TINY, List.of(hidden, output));
    Weights zeros = Weights.of(TINY, new float[TINY.parameterCount()]);
    Mask next = Pruning.next(layers(Criterion.MAGNITUDE), SEEDS, 1, current, trained(zeros));
    assertEquals(4, next.count(0));
    assertFalse(next.keeps(0, 5));
  }

  @Test
  void aGlobalThresholdEmptiesTheLayerOfSmallWeights() {
    float[] values = new float[TINY.parameterCount()];
    for (int i = 0; i < 10; i++) {
      values[i] = 0.01f * (i + 1);
      values[TINY.weightOffset(1) + i] = 1;
    }
    WeightChange trained = trained(Weights.of(TINY, values));
    PruningSpec global = spec(Schedule.ITERATIVE, Scope.GLOBAL, Criterion.MAGNITUDE);
    Mask mask = Pruning.next(global, SEEDS, 1, Mask.ones(TINY), trained);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), gone(mask), "30 % of 20");
    assertEquals(10, mask.count(1));
    mask = Pruning.next(global, SEEDS, 2, mask, trained);
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), gone(mask), "30 % of 14, to even");
    mask = Pruning.next(global, SEEDS, 3, mask, trained);
    assertFalse(mask.keeps(1, 2), "ties fall by the lowest index");
    assertTrue(mask.keeps(1, 3));
    assertEquals(7, mask.density().remaining());
  }

  @Test
  void globalTiesFallInTheFirstLayerFirst() {
    Weights zeros = Weights.of(TINY, new float[TINY.parameterCount()]);
    PruningSpec global = spec(Schedule.ONE_SHOT, Scope.GLOBAL, Criterion.MAGNITUDE);
    Mask mask = Pruning.oneShot(global, SEEDS, 3, trained(zeros));
    assertEquals(0, mask.count(0));
    assertEquals(7, mask.count(1));
    assertFalse(mask.keeps(1, 2));
  }

  @Test
  void oneShotKeepsAsManyAsTheIterativeSchedule() {
    PruningSpec spec = layers(Criterion.MAGNITUDE);
    WeightChange dense = trained(weights(LENET, 1));
    Mask iterative = Mask.ones(LENET);
    for (int round = 1; round <= 4; round++) {
      iterative = Pruning.next(spec, SEEDS, round, iterative, trained(weights(LENET, round)));
    }
    Mask atOnce = Pruning.oneShot(spec, SEEDS, 4, dense);
    assertEquals(iterative.density(), atOnce.density());
    assertNotEquals(iterative, atOnce, "the iterative chain saw other weights");
    Mask sameWeights = Mask.ones(LENET);
    for (int round = 1; round <= 4; round++) {
      sameWeights = Pruning.next(spec, SEEDS, round, sameWeights, dense);
    }
    assertEquals(sameWeights, atOnce);
  }

  @Test
  void keepsTheLargerPartOfEveryLayer() {
    Weights weights = weights(LENET, 1);
    Mask mask =
        Pruning.next(layers(Criterion.MAGNITUDE), SEEDS, 1, Mask.ones(LENET), trained(weights));
    for (int l = 0; l < 3; l++) {
      float largestGone = 0;
      float smallestKept = Float.MAX_VALUE;
      for (int i = 0; i < LENET.prunableLayers().get(l).weightCount(); i++) {
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

  @Test
  void prunesMillionsOfWeights() {
    Network conv2 = Networks.parse("conv-2");
    WeightChange trained = trained(weights(conv2, 1));
    PruningSpec global = spec(Schedule.ITERATIVE, Scope.GLOBAL, Criterion.MAGNITUDE);
    Mask mask = Pruning.next(global, SEEDS, 1, Mask.ones(conv2), trained);
    assertEquals(3_010_694, mask.density().remaining(), "4,300,992 less 30 %");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Mask ones = Mask.ones(LENET);
    WeightChange trained = trained(weights(TINY, 1));
    PruningSpec spec = layers(Criterion.MAGNITUDE);
    assertThrows(IllegalArgumentException.class, () -> Pruning.next(spec, SEEDS, 1, ones, trained));
  }

  private static Mask prune(Criterion criterion, WeightChange trained) {
    return Pruning.next(layers(criterion), SEEDS, 1, Mask.ones(TINY), trained);
  }

  private static PruningSpec layers(Criterion criterion) {
    return spec(Schedule.ITERATIVE, Scope.LAYER, criterion);
  }

  private static PruningSpec spec(Schedule schedule, Scope scope, Criterion criterion) {
    return new PruningSpec(schedule, 20, new Rates(0.2, 0.1, 0.1, 0.3), scope, criterion);
  }

  /** What the hidden layer lost. */
  private static List<Integer> gone(Mask mask) {
    BitSet bits = mask.bits(0);
    bits.flip(0, mask.network().prunableLayers().get(0).weightCount());
    return bits.stream().boxed().toList();
  }

  private static WeightChange trained(Weights weights) {
    return new WeightChange(weights, weights);
  }

  private static Weights tiny(float... hidden) {
    float[] values = new float[TINY.parameterCount()];
    System.arraycopy(hidden, 0, values, 0, hidden.length);
    return Weights.of(TINY, values);
  }

  private static Weights weights(Network network, int draw) {
    return GlorotNormal.draw(network, new Seeds(3, draw).stream("weights"));
  }
}
