package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.DataSplits;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.saliency.Batch;
import io.tombola.training.saliency.Saliency;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitialisationPruningTest {

  private static final Seeds SEEDS = new Seeds(7, 1);
  private static final Network LENET = Networks.LENET_300_100;
  private static final Weights THETA_0 = GlorotNormal.draw(LENET, SEEDS.stream("initialisation"));
  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, SEEDS);

  @Test
  void keepsWhatTheScheduleSaysForEveryCriterionAndScope() {
    for (Criterion criterion : List.of(Criterion.SNIP, Criterion.GRASP, Criterion.SYNFLOW)) {
      Mask layers = prune(Scope.LAYER, criterion, 4);
      assertEquals(
          SparsitySchedule.of(spec(Scope.LAYER, criterion), LENET).get(4).layers().orElseThrow(),
          layers.density());
      Mask global = prune(Scope.GLOBAL, criterion, 4);
      assertEquals(
          SparsitySchedule.of(spec(Scope.GLOBAL, criterion), LENET).get(4).remaining(),
          global.density().remaining());
      assertNotEquals(layers.density(), global.density());
      assertEquals(global, prune(Scope.GLOBAL, criterion, 4), "the same on every run");
    }
  }

  @Test
  void snipAndGraspRemoveTheLowestOfTheirOwnScores() {
    Batch batch = Batch.draw(SPLITS, SEEDS);
    double[] snip = Saliency.snip(LENET, parameters(), batch);
    assertRemovesLowest(snip, prune(Scope.GLOBAL, Criterion.SNIP, 4));
    double[] grasp = Saliency.grasp(LENET, parameters(), batch);
    assertRemovesLowest(grasp, prune(Scope.GLOBAL, Criterion.GRASP, 4));
    assertTrue(Arrays.stream(grasp).anyMatch(score -> score < 0));
  }

  @Test
  void synapticFlowScoresAnewAfterEachStep() {
    Mask atOnce =
        LowestScores.remove(
            Mask.ones(LENET),
            Saliency.synapticFlow(LENET, parameters()),
            SparsitySchedule.of(spec(Scope.GLOBAL, Criterion.SYNFLOW), LENET).get(4));
    assertNotEquals(atOnce, prune(Scope.GLOBAL, Criterion.SYNFLOW, 4));
  }

  @Test
  void synapticFlowLeavesNoLayerEmpty() {
    PruningSpec thousandth =
        new PruningSpec(
            Schedule.ONE_SHOT, 1, new Rates(0.2, 0.1, 0.1, 0.999), Scope.GLOBAL, Criterion.SYNFLOW);
    Mask mask = Pruning.atInitialisation(thousandth, SEEDS, 1, THETA_0, SPLITS);
    assertEquals(266, mask.density().remaining());
    for (int l = 0; l < 3; l++) {
      assertTrue(mask.count(l) > 0, mask.toString());
    }
    assertTrue(flows(mask), "ones at the input reach the output");
    Mask byMagnitude =
        LowestScores.remove(
            Mask.ones(LENET),
            Arrays.stream(parameters()).map(Math::abs).toArray(),
            new SparsitySchedule.SparsityLevel(266, 266_200, Optional.empty()));
    assertEquals(0, byMagnitude.count(0), "magnitude empties the layer of small weights");
  }

  @Test
  void criteriaOfTrainedWeightsAreRefused() {
    PruningSpec spec = spec(Scope.LAYER, Criterion.MAGNITUDE);
    assertThrows(
        IllegalArgumentException.class,
        () -> Pruning.atInitialisation(spec, SEEDS, 1, THETA_0, SPLITS));
  }

  private static boolean flows(Mask mask) {
    float[] kept = mask.apply(THETA_0).toArray();
    double[] masked = new double[kept.length];
    Arrays.setAll(masked, i -> kept[i]);
    return Arrays.stream(Saliency.synapticFlow(LENET, masked)).sum() > 0;
  }

  private static void assertRemovesLowest(double[] scores, Mask mask) {
    double highestGone = Double.NEGATIVE_INFINITY;
    double lowestKept = Double.POSITIVE_INFINITY;
    for (int l = 0; l < 3; l++) {
      BitSet bits = mask.bits(l);
      for (int i = 0; i < LENET.prunableLayers().get(l).weightCount(); i++) {
        double score = scores[LENET.weightOffset(l) + i];
        if (bits.get(i)) {
          lowestKept = Math.min(lowestKept, score);
        } else {
          highestGone = Math.max(highestGone, score);
        }
      }
    }
    assertTrue(highestGone <= lowestKept);
  }

  private static Mask prune(Scope scope, Criterion criterion, int round) {
    return Pruning.atInitialisation(spec(scope, criterion), SEEDS, round, THETA_0, SPLITS);
  }

  private static PruningSpec spec(Scope scope, Criterion criterion) {
    return new PruningSpec(Schedule.ONE_SHOT, 5, new Rates(0.2, 0.1, 0.1, 0.3), scope, criterion);
  }

  private static double[] parameters() {
    float[] values = THETA_0.toArray();
    double[] parameters = new double[values.length];
    Arrays.setAll(parameters, i -> values[i]);
    return parameters;
  }
}
