package io.tombola.training.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.ImageShape;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of an engine, which depends on network and density alone. */
class EngineSelectionTest {

  private static final ImageShape IMAGE = new ImageShape(10, 10, 1);
  private static final Network DENSE = Networks.of("dense 10, dropout 0.5, dense 10", IMAGE, 10);
  private static final Network CONV = Networks.of("conv 4, dense 10", IMAGE, 10);
  private static final Network NORMALISED = Networks.of("conv 4, batch-norm, dense 10", IMAGE, 10);
  private static final EngineSelection RULE = new EngineSelection(0.6, 0.5);

  @ParameterizedTest
  @CsvSource({"100, DL4J", "61, DL4J", "60, SPARSE", "3, SPARSE", "0, SPARSE"})
  void autoGoesByTheDensity(int percent, EngineName engine) {
    assertEquals(engine, RULE.choose(EngineChoice.AUTO, DENSE, mask(DENSE, percent)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 100})
  void autoLeavesBatchNormalisationToDl4j(int percent) {
    Mask mask = mask(NORMALISED, percent);
    assertEquals(EngineName.DL4J, RULE.choose(EngineChoice.AUTO, NORMALISED, mask));
  }

  /** 36 weights at 100 pixels each, 4000 at one: 3600 multiplications of 7600. */
  @Test
  void aWeightCountsAtEachPixel() {
    BitSet none = new BitSet();
    BitSet kernels = new BitSet();
    kernels.set(0, 36);
    BitSet dense = new BitSet();
    dense.set(0, 4000);
    Mask first = Mask.of(CONV, List.of(kernels, none));
    Mask last = Mask.of(CONV, List.of(none, dense));
    assertEquals(EngineName.SPARSE, RULE.choose(EngineChoice.AUTO, CONV, first));
    assertEquals(EngineName.DL4J, RULE.choose(EngineChoice.AUTO, CONV, last));
    EngineSelection more = new EngineSelection(0, 0.6);
    assertEquals(EngineName.SPARSE, more.choose(EngineChoice.AUTO, CONV, last));
    assertEquals(EngineName.DL4J, more.choose(EngineChoice.AUTO, DENSE, mask(DENSE, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void whatIsNamedIsTaken(int percent) {
    Mask mask = mask(DENSE, percent);
    assertEquals(EngineName.DL4J, RULE.choose(EngineChoice.DL4J, DENSE, mask));
    assertEquals(EngineName.SPARSE, RULE.choose(EngineChoice.SPARSE, DENSE, mask));
  }

  @Test
  void aRuleWithoutSparseComesToDl4jAlone() {
    EngineSelection never = new EngineSelection(0, 0);
    assertEquals(EngineName.DL4J, never.choose(EngineChoice.AUTO, DENSE, mask(DENSE, 0)));
    assertEquals(EnumSet.of(EngineName.DL4J), never.candidates(EngineChoice.AUTO, DENSE));
  }

  @Test
  void namesEveryEngineThatTrialsCanComeTo() {
    assertEquals(EnumSet.allOf(EngineName.class), RULE.candidates(EngineChoice.AUTO, DENSE));
    assertEquals(EnumSet.of(EngineName.DL4J), RULE.candidates(EngineChoice.AUTO, NORMALISED));
    assertEquals(EnumSet.of(EngineName.SPARSE), RULE.candidates(EngineChoice.SPARSE, DENSE));
    assertEquals(EnumSet.of(EngineName.DL4J), RULE.candidates(EngineChoice.DL4J, DENSE));
  }

  @Test
  void sparseIsRefusedForWhatItCannotTrain() {
    assertTrue(EngineSelection.supportsSparse(Networks.LENET_300_100));
    assertFalse(
        EngineSelection.supportsSparse(Networks.of("dense 3, batch-norm, dense 10", IMAGE, 10)));
    assertDoesNotThrow(() -> EngineSelection.check(EngineChoice.SPARSE, DENSE));
    assertDoesNotThrow(() -> EngineSelection.check(EngineChoice.AUTO, NORMALISED));
    InvalidSpecException refused =
        assertThrows(
            InvalidSpecException.class,
            () -> EngineSelection.check(EngineChoice.SPARSE, NORMALISED));
    assertEquals("training.engine", refused.key());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void autoIsDl4jWhereThereAreGpus() {
    List<Device> cores = List.of(new Device("cpu:0", Device.Kind.CPU, "a core"));
    List<Device> gpus = List.of(new Device("cuda:0", Device.Kind.CUDA, "a GPU"));
    assertEquals(EngineChoice.AUTO, EngineSelection.on(cores, EngineChoice.AUTO));
    assertEquals(EngineChoice.DL4J, EngineSelection.on(gpus, EngineChoice.AUTO));
    assertEquals(EngineChoice.SPARSE, EngineSelection.on(gpus, EngineChoice.SPARSE));
  }

  /** The first weights of each layer, so many percent of it. */
  private static Mask mask(Network network, int percent) {
    List<BitSet> layers = new ArrayList<>();
    for (Network.PrunableLayer layer : network.prunableLayers()) {
      BitSet kept = new BitSet();
      kept.set(0, layer.weightCount() * percent / 100);
      layers.add(kept);
    }
    return Mask.of(network, layers);
  }
}
