package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Input;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.ChainArtifacts;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every network, rate, criterion, scope and round. */
class PruningPropertiesTest {

  @Property(tries = 300)
  void masksOnlyShrinkAndCountsAreExact(
      @ForAll("networks") Network network,
      @ForAll("prunings") PruningSpec spec,
      @ForAll long seed) {
    Seeds seeds = new Seeds(seed, 1);
    List<SparsitySchedule.SparsityLevel> levels = SparsitySchedule.of(spec, network);
    Mask mask = Mask.ones(network);
    for (int round = 1; round <= spec.rounds(); round++) {
      Mask next = Pruning.next(spec, seeds, round, mask, trained(network, seeds, round));
      assertShrinks(mask, next);
      assertExact(spec, mask, next);
      assertEquals(levels.get(round).remaining(), next.density().remaining());
      mask = next;
    }
  }

  @Property(tries = 200)
  void oneShotKeepsAsManyAsTheSchedule(
      @ForAll("networks") Network network,
      @ForAll("prunings") PruningSpec spec,
      @ForAll @IntRange(min = 1, max = 6) int round,
      @ForAll long seed) {
    Seeds seeds = new Seeds(seed, 1);
    SparsitySchedule.SparsityLevel level =
        SparsitySchedule.of(spec, network).get(Math.min(round, spec.rounds()));
    Mask mask =
        Pruning.oneShot(spec, seeds, Math.min(round, spec.rounds()), trained(network, seeds, 0));
    assertEquals(level.remaining(), mask.density().remaining());
    level.layers().ifPresent(layers -> assertEquals(layers, mask.density()));
  }

  @Property(tries = 200)
  void removesWhatSortingByScoreAndIndexPutsFirst(
      @ForAll("networks") Network network,
      @ForAll @IntRange(max = 100) int percent,
      @ForAll long seed) {
    RandomStream stream = new Seeds(seed, 1).stream("scores");
    double[] scores = new double[network.parameterCount()];
    for (int i = 0; i < scores.length; i++) {
      // Few different values, so that most are tied; both zeros among them.
      scores[i] = stream.nextInt(2) == 0 ? -0.0 : stream.nextInt(5) - 2;
    }
    int total = network.prunableCount();
    int kept = total * percent / 100;
    Mask mask =
        LowestScores.remove(
            Mask.ones(network),
            scores,
            new SparsitySchedule.SparsityLevel(kept, total, Optional.empty()));
    List<Integer> order = new ArrayList<>();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> scores[i] == 0 ? 0.0 : scores[i]));
    float[] keep = mask.multipliers();
    for (int k = 0; k < total; k++) {
      assertEquals(k < total - kept ? 0f : 1f, keep[order.get(k)]);
    }
  }

  @Property(tries = 200)
  void rewoundWeightsHaveTheBitsThatTheyAreRewoundTo(
      @ForAll("networks") Network network,
      @ForAll("prunings") PruningSpec spec,
      @ForAll @IntRange(max = 2) int to,
      @ForAll long seed) {
    Seeds seeds = new Seeds(seed, 1);
    WeightChange dense = trained(network, seeds, 0);
    Weights thetaK = draw(network, seeds.stream("theta-k"));
    ChainArtifacts chain =
        new ChainArtifacts(
            dense.before(),
            Optional.of(new TrainingPosition(to, thetaK, OptimizerState.FRESH)),
            Optional.of(dense.after()),
            Optional.of(dense));
    Mask mask = Pruning.next(spec, seeds, 1, Mask.ones(network), dense);
    StartingPoint start = StartingPoints.prepare(campaign(spec, to), 1, 1, Arm.TICKET, chain, mask);
    assertEquals(to, start.position().iteration());
    assertMasked(to == 0 ? dense.before() : thetaK, start);
  }

  @Provide
  Arbitrary<Network> networks() {
    Arbitrary<ImageShape> shapes =
        Combinators.combine(
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(1, 2))
            .as(ImageShape::new);
    Arbitrary<List<String>> convolutions =
        Arbitraries.integers().between(1, 3).map(n -> "conv " + n).list().ofMaxSize(2);
    Arbitrary<List<String>> hidden =
        Arbitraries.integers().between(1, 9).map(n -> "dense " + n).list().ofMaxSize(2);
    return Combinators.combine(shapes, convolutions, hidden, Arbitraries.integers().between(2, 4))
        .as(PruningPropertiesTest::network);
  }

  private static Network network(
      ImageShape shape, List<String> convolutions, List<String> hidden, int classes) {
    List<String> layers = new ArrayList<>(convolutions);
    layers.addAll(hidden);
    layers.add("dense " + classes);
    return Networks.of(String.join(", ", layers), shape, classes);
  }

  @Provide
  Arbitrary<PruningSpec> prunings() {
    Arbitrary<Double> rate = Arbitraries.integers().between(0, 95).map(n -> n / 100.0);
    Arbitrary<Rates> rates = Combinators.combine(rate, rate, rate, rate).as(Rates::new);
    Arbitrary<Optional<Double>> targets = Arbitraries.doubles().between(1, 99).optional(0.3);
    Arbitrary<Criterion> criteria =
        Arbitraries.of(Criterion.values()).filter(criterion -> criterion.input() == Input.TRAINING);
    return Combinators.combine(
            Arbitraries.integers().between(1, 6),
            targets,
            rates,
            Arbitraries.of(Scope.values()),
            criteria)
        .as(
            (n, to, by, scope, what) ->
                new PruningSpec(Schedule.ITERATIVE, n, to, by, scope, what));
  }

  private static void assertShrinks(Mask mask, Mask next) {
    for (int l = 0; l < mask.network().prunableLayers().size(); l++) {
      BitSet grown = next.bits(l);
      grown.andNot(mask.bits(l));
      assertTrue(grown.isEmpty());
    }
  }

  private static void assertExact(PruningSpec spec, Mask mask, Mask next) {
    if (spec.scope() == Scope.GLOBAL) {
      double rate = spec.targetRate().orElse(spec.rates().global());
      long remaining = mask.density().remaining();
      assertEquals(remaining - rounded(rate, remaining), next.density().remaining());
      return;
    }
    for (int l = 0; l < mask.network().prunableLayers().size(); l++) {
      Kind kind = mask.network().prunableLayers().get(l).kind();
      Rates rates = spec.rates();
      double ofKind =
          kind == Kind.CONV ? rates.conv() : kind == Kind.DENSE ? rates.dense() : rates.output();
      long removed = rounded(spec.targetRate().orElse(ofKind), mask.count(l));
      assertEquals(mask.count(l) - removed, next.count(l));
    }
  }

  private static long rounded(double rate, long remaining) {
    BigDecimal exact = new BigDecimal(Double.toString(rate)).multiply(new BigDecimal(remaining));
    return exact.setScale(0, RoundingMode.HALF_EVEN).longValue();
  }

  private static void assertMasked(Weights expected, StartingPoint start) {
    float[] before = expected.toArray();
    float[] after = start.mask().apply(start.weights()).toArray();
    float[] keep = start.mask().multipliers();
    for (int i = 0; i < before.length; i++) {
      int bits = keep[i] == 1f ? Float.floatToRawIntBits(before[i]) : 0;
      assertEquals(bits, Float.floatToRawIntBits(after[i]));
    }
  }

  private static WeightChange trained(Network network, Seeds seeds, int round) {
    return new WeightChange(
        draw(network, seeds.stream("before", round)), draw(network, seeds.stream("after", round)));
  }

  /** Normal numbers, half of them rounded so that there are ties, zeros and negative zeros. */
  private static Weights draw(Network network, RandomStream stream) {
    float[] values = new float[network.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      double value = stream.nextGaussian();
      values[i] = (float) (stream.nextInt(2) == 0 ? value : Math.rint(value));
    }
    return Weights.of(network, values);
  }

  private static CampaignSpec campaign(PruningSpec pruning, int to) {
    return new CampaignSpec(
        "rewind",
        1,
        1,
        TestCampaigns.FASHION_MNIST,
        "lenet-300-100",
        TestCampaigns.recipe(10, 10, 10),
        pruning,
        new RewindSpec(Mode.WEIGHTS, to, RewindSpec.OptimizerHandling.RESTORED),
        new ControlsSpec(0, 0));
  }
}
