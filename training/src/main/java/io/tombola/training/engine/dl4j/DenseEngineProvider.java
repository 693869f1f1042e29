package io.tombola.training.engine.dl4j;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Device.Kind;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.NoDeviceException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J on the ND4J backend of the class path: processor cores, or GPUs with the CUDA backend. */
public final class DenseEngineProvider implements EngineProvider {

  @Override
  public EngineName name() {
    return EngineName.DL4J;
  }

  @Override
  public boolean worksOn(Device device) {
    return true;
  }

  @Override
  public List<Device> devices(int cpuSlots) {
    if (!startsOnCpu()) {
      int gpus = Nd4j.getAffinityManager().getNumberOfDevices();
      return IntStream.range(0, gpus)
          .mapToObj(i -> new Device("cuda:" + i, Kind.CUDA, "NVIDIA GPU " + i))
          .toList();
    }
    // A slot is one core: with more threads a matrix product of this size only gets slower, and
    // its sums change.
    Nd4j.factory().blas().setMaxThreads(1);
    // Its threads start with it: from a slot's thread, they would be kept to that slot's core.
    Nd4j.getDeallocatorService();
    String processor = Processor.detect().name();
    return IntStream.range(0, cpuSlots)
        .mapToObj(i -> new Device("cpu:" + i, Kind.CPU, "one core of " + processor))
        .toList();
  }

  private static boolean startsOnCpu() {
    try {
      return Nd4j.getEnvironment().isCPU();
    } catch (LinkageError e) {
      throw new NoDeviceException(
          "expected a device to train on, found none that ND4J's backend can use: a build with"
              + " -Pcuda needs an NVIDIA GPU and its driver; to train on the processor build with"
              + " './mvnw -DskipTests clean package'",
          e);
    }
  }

  @Override
  public Engine open(Device device) {
    if (device.kind() == Kind.CUDA) {
      int index = Integer.parseInt(device.id().substring(device.id().indexOf(':') + 1));
      Nd4j.getAffinityManager().unsafeSetDevice(index);
    }
    return new DenseEngine(device);
  }

  @Override
  public SortedMap<String, String> determinants() {
    return NumericEnvironment.collect();
  }
}
