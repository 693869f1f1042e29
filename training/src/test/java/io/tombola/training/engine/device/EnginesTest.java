package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.NoDeviceException;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.dense.DenseEngineProvider;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several engines on the devices that one of them found. */
class EnginesTest {

  private static final EngineProvider DL4J = new DenseEngineProvider();

  private final List<String> steps = new ArrayList<>();

  /** An engine of its own name on the devices of others: DL4J's, which is there. */
  private final class Guest implements EngineProvider {

    private final SortedMap<String, String> determinants;

    Guest(Map<String, String> determinants) {
      this.determinants = new TreeMap<>(determinants);
    }

    @Override
    public Engine open(Device device) {
      steps.add("open " + device.id());
      Engine real = DL4J.open(device);
      return new Engine() {
        @Override
        public Device device() {
          return real.device();
        }

        @Override
        public TrainingSession open(SessionSpec spec) {
          steps.add("train");
          return real.open(spec);
        }

        @Override
        public void close() {
          steps.add("close");
          real.close();
        }
      };
    }

    @Override
    public SortedMap<String, String> determinants() {
      return determinants;
    }
  }

  /** An engine whose devices are GPUs. */
  private record Gpus() implements EngineProvider {
    @Override
    public List<Device> devices(int cpuSlots) {
      return List.of(new Device("cuda:0", Device.Kind.CUDA, "a GPU"));
    }

    @Override
    public boolean worksOn(Device device) {
      return true;
    }

    @Override
    public Engine open(Device device) {
      throw new AssertionError("nothing trains here");
    }

    @Override
    public SortedMap<String, String> determinants() {
      return new TreeMap<>();
    }
  }

  @Test
  void aSlotOpensEachEngineOnceAndWhenItIsNamed() {
    Engines engines = engines(DL4J, guest());
    try (Engine slot = engines.open(engines.devices().get(0))) {
      train(slot, EngineName.DL4J);
      assertEquals(List.of(), steps);
      train(slot, EngineName.SPARSE);
      train(slot, EngineName.SPARSE);
    }
    assertEquals(List.of("open cpu:0", "train", "train", "close"), steps);
  }

  @Test
  void anEngineForProcessorsIsRefusedOnAGpu() {
    Engines engines = engines(new Gpus(), guest());
    assertDoesNotThrow(() -> engines.require(EnumSet.of(EngineName.DL4J)));
    assertEquals(
        "expected a device that the engine sparse works on, found cuda:0; set training.engine ="
            + " dl4j",
        refusal(() -> engines.require(EnumSet.of(EngineName.SPARSE))));
  }

  @Test
  void enginesWithoutADeviceAreRefused() {
    assertThrows(NoDeviceException.class, () -> Engines.of(name -> guest(), 1));
  }

  @Test
  void bytesDependOnWhatTheEnginesThatAreUsedDependOn() {
    Engines engines = engines(DL4J, guest());
    SortedMap<String, String> all = new TreeMap<>(DL4J.determinants());
    assertEquals(all, engines.determinants(EnumSet.of(EngineName.DL4J)));
    all.put("sparse.lanes", "16");
    assertEquals(all, engines.determinants());
    Engines contrary = engines(DL4J, new Guest(Map.of("engine", "another")));
    assertThrows(IllegalStateException.class, contrary::determinants);
  }

  private static Engines engines(EngineProvider dl4j, EngineProvider sparse) {
    return Engines.of(name -> name == EngineName.DL4J ? dl4j : sparse, 1);
  }

  private Guest guest() {
    return new Guest(Map.of("sparse.lanes", "16"));
  }

  private static String refusal(Runnable asked) {
    return assertThrows(NoDeviceException.class, asked::run).getMessage();
  }

  /** A step of the smallest network. */
  static void train(Engine slot, EngineName name) {
    ImageShape image = new ImageShape(1, 1, 1);
    Network network = Networks.of("dense 2", image, 2);
    OptimizerSpec sgd = new OptimizerSpec(OptimizerSpec.Type.SGD, 0.1);
    Weights zeros = Weights.of(network, new float[network.parameterCount()]);
    TrainingSpec oneStep = new TrainingSpec(1, 1, sgd, 1, 1);
    SessionSpec spec =
        new SessionSpec(
            oneStep,
            DataSplits.blank(image, 2),
            new TrainingPosition(0, zeros, OptimizerState.FRESH),
            Mask.ones(network),
            new DataOrder(new Seeds(0, 1), 0),
            LearningRates.of(oneStep),
            name);
    try (TrainingSession session = slot.open(spec)) {
      assertEquals(Math.log(2), session.advance(1), 1e-6);
    }
  }
}
