package io.tombola.training.engine.dense.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.dense.DenseEngineProvider;
import io.tombola.training.engine.device.Engines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class ProvenanceTest {

  @Test
  void namesVersionsBinariesProcessorAndThreads() {
    Map<String, String> determinants = Engines.detect(1).determinants();
    assertEquals("1", determinants.get("blas.threads"));
    assertEquals("1.0.0-M2.1", determinants.get("nd4j.version"));
    assertEquals("dl4j 1.0.0-M2.1", determinants.get("engine"));
    assertTrue(determinants.get("native.libraries").contains("nd4j-native-1.0.0-M2.1-"));
    assertTrue(determinants.get("native.libraries").contains("openblas-"));
    assertTrue(determinants.values().stream().noneMatch(String::isBlank));
    assertEquals(determinants, Engines.detect(2).determinants());
  }

  @Test
  void saysWhichKernelsCompute() {
    String kernels = Engines.detect(1).determinants().get("kernels");
    assertTrue(
        kernels.matches("BLAS, .*|oneDNN \\d+\\.\\d+\\.\\d+, instruction set \\w+"), kernels);
  }

  /** More threads would change sums. */
  @Test
  void anEngineComputesInItsOwnThread() {
    Engines engines = Engines.detect(1);
    NativeOps backend = NativeOpsHolder.getInstance().getDeviceNativeOps();
    backend.setOmpNumThreads(2);
    assertEquals(2, backend.ompGetMaxThreads());
    try (Engine engine = new DenseEngineProvider().open(engines.devices().get(0))) {
      assertEquals("cpu:0", engine.device().id());
      assertEquals(1, backend.ompGetMaxThreads());
    } finally {
      backend.setOmpNumThreads(1);
    }
  }

  @Test
  void offersAsManyCoresAsAsked() {
    Engines engines = Engines.detect(3);
    assertEquals(
        List.of("cpu:0", "cpu:1", "cpu:2"), engines.devices().stream().map(Device::id).toList());
    Device stranger = new Device("cpu:3", Device.Kind.CPU, "no such core");
    assertThrows(IllegalArgumentException.class, () -> engines.open(stranger));
    assertThrows(IllegalArgumentException.class, () -> Engines.detect(0));
  }

  @Test
  void readsTheProcessorKindFromLinux() {
    Processor intel =
        Processor.parse(
            List.of(
                "processor\t: 0",
                "vendor_id\t: GenuineIntel",
                "cpu family\t: 6",
                "model\t\t: 85",
                "model name\t: Intel(R) Xeon(R)",
                "flags\t\t: fpu sse2 avx512f avx2 fma ht",
                ""));
    assertEquals("Intel(R) Xeon(R)", intel.name());
    assertEquals("GenuineIntel family 6 model 85", intel.kind());
    assertEquals(List.of("avx2", "avx512f", "fma", "sse2"), intel.vectorFlags());
  }

  @Test
  void librariesAreNamedByTheirArchives() {
    assertEquals(
        "/usr/lib/libmkl_rt.so openblas-0.3.19.jar",
        NumericEnvironment.origins(
            List.of(
                "/home/a/.javacpp/cache/openblas-0.3.19.jar/org/libopenblas.so",
                "/home/a/.javacpp/cache/openblas-0.3.19.jar/org/libgfortran.so",
                "/usr/lib/libmkl_rt.so")));
  }
}
