package io.tombola.training.engine.dense;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Device.Kind;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.dense.dl4j.Dl4jVersion;
import io.tombola.training.engine.dense.nd4j.Nd4jBackend;
import io.tombola.training.engine.dense.nd4j.NumericEnvironment;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Dense weights on ND4J's backend of the class path, which campaigns call {@code dl4j}. */
public final class DenseEngineProvider implements EngineProvider {

  private static final String CUDA = "cuda:";

  @Override
  public boolean worksOn(Device device) {
    return true;
  }

  @Override
  public List<Device> devices(int cpuSlots) {
    if (!Nd4jBackend.startsOnCpu()) {
      return IntStream.range(0, Nd4jBackend.gpus())
          .mapToObj(i -> new Device(CUDA + i, Kind.CUDA, "NVIDIA GPU " + i))
          .toList();
    }
    Nd4jBackend.prepareCores();
    String processor = Nd4jBackend.processor();
    return IntStream.range(0, cpuSlots)
        .mapToObj(i -> new Device("cpu:" + i, Kind.CPU, "one core of " + processor))
        .toList();
  }

  @Override
  public Engine open(Device device) {
    if (device.kind() == Kind.CUDA) {
      Nd4jBackend.useGpu(Integer.parseInt(device.id().substring(CUDA.length())));
    }
    return new DenseEngine(device);
  }

  @Override
  public SortedMap<String, String> determinants() {
    SortedMap<String, String> determinants = NumericEnvironment.collect();
    determinants.put("engine", "dl4j " + Dl4jVersion.find());
    return determinants;
  }
}
