package io.tombola.training.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import io.tombola.training.network.Networks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SparsityScheduleTest {

  private static final Rates FC = new Rates(0.2, 0.1, 0.1, 0.2);
  private static final Rates CONV_6 = new Rates(0.2, 0.15, 0.1, 0.2);

  @Test
  void lenetFollowsTheScheduleOfThePaper() {
    List<SparsityLevel> levels = schedule("lenet-300-100", FC);
    assertEquals(21, levels.size());
    assertEquals(266_200, levels.get(0).remaining());
    assertEquals(
        "100.00 80.04 64.06 51.28 41.05 32.87 26.32 21.07 16.88 13.52 10.83 8.68 6.95 5.57 4.47"
            + " 3.58 2.87 2.31 1.85 1.49 1.19",
        String.join(" ", levels.stream().map(SparsityScheduleTest::percent).toList()));
  }

  @Test
  void theConvolutionalNetworksGoDownTheirs() {
    List<SparsityLevel> conv2 = schedule("conv-2", FC);
    assertEquals("8.81", percent(conv2.get(11)));
    assertEquals("4.57", percent(conv2.get(14)));
    List<SparsityLevel> conv4 = schedule("conv-4", FC);
    assertEquals("11.06", percent(conv4.get(11)));
    assertEquals("9.18", percent(conv4.get(12)));
    List<SparsityLevel> conv6 = schedule("conv-6", CONV_6);
    assertEquals("26.61", percent(conv6.get(7)));
    assertEquals("15.29", percent(conv6.get(10)));
    assertEquals(2_261_184, conv6.get(0).total());
  }

  @Test
  void eachKindOfLayerGoesAtItsRate() {
    SparsityLevel first = schedule("conv-2", new Rates(0.2, 0.5, 0.1, 0.9)).get(1);
    List<Long> remaining =
        first.layers().orElseThrow().layers().stream().map(layer -> layer.remaining()).toList();
    // 1,728, 36,864 at a half; 16,384 * 256 and 256 * 256 at a fifth; 2,560 at a tenth.
    assertEquals(List.of(864L, 18_432L, 3_355_443L, 52_429L, 2_304L), remaining);
  }

  @Test
  void aTargetIsLandedOnWhateverTheRates() {
    for (int rounds : new int[] {1, 3, 7, 20}) {
      PruningSpec spec =
          new PruningSpec(
              Schedule.ITERATIVE, rounds, Optional.of(3.6), FC, Scope.LAYER, Criterion.MAGNITUDE);
      List<SparsityLevel> levels = SparsitySchedule.of(spec, Networks.LENET_300_100);
      // Each round rounds each of three layers by at most half a weight.
      double weights = levels.get(rounds).remaining();
      assertEquals(0.036 * 266_200, weights, 1.5 * rounds);
      double ratio = levels.get(1).remainingPercent() / 100;
      assertEquals(Math.pow(0.036, 1.0 / rounds), ratio, 1e-5, "every round removes as much");
    }
  }

  @Test
  void aGlobalScheduleHasNoLayers() {
    PruningSpec spec =
        new PruningSpec(
            Schedule.ITERATIVE,
            2,
            new Rates(0.2, 0.1, 0.1, 0.3),
            Scope.GLOBAL,
            Criterion.MAGNITUDE);
    List<SparsityLevel> levels = SparsitySchedule.of(spec, Networks.LENET_300_100);
    assertEquals(186_340, levels.get(1).remaining());
    assertEquals(130_438, levels.get(2).remaining());
    assertEquals(266_200, levels.get(2).total());
    assertTrue(levels.get(2).layers().isEmpty());
    assertTrue(levels.get(0).layers().isPresent());
  }

  @Test
  void removesExactlyTheRoundedCount() {
    assertEquals(47_040, SparsitySchedule.removedCount(0.2, 235_200));
    assertEquals(100, SparsitySchedule.removedCount(0.1, 1_000));
    assertEquals(2, SparsitySchedule.removedCount(0.5, 5), "2.5 goes to even");
    assertEquals(4, SparsitySchedule.removedCount(0.5, 7), "3.5 goes to even");
    assertEquals(0, SparsitySchedule.removedCount(0.2, 2), "0.4 is nothing");
    assertEquals(0, SparsitySchedule.removedCount(0.5, 1), "0.5 goes to even");
    // In binary, 0.3 * 5 is just below a half.
    assertEquals(2, SparsitySchedule.removedCount(0.3, 5));
    assertEquals(0, SparsitySchedule.removedCount(0.2, 0));
  }

  private static List<SparsityLevel> schedule(String network, Rates rates) {
    PruningSpec spec =
        new PruningSpec(Schedule.ITERATIVE, 20, rates, Scope.LAYER, Criterion.MAGNITUDE);
    return SparsitySchedule.of(spec, Networks.parse(network));
  }

  private static String percent(SparsityLevel level) {
    return String.format(Locale.ROOT, "%.2f", level.remainingPercent());
  }
}
