package io.tombola.training.engine.dl4j;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** What the bytes of this engine's results depend on. */
final class Determinants {

  private Determinants() {}

  static SortedMap<String, String> collect() {
    Processor processor = Processor.detect();
    SortedMap<String, String> determinants = new TreeMap<>();
    determinants.put("engine", "dl4j " + version(MultiLayerNetwork.class));
    determinants.put("nd4j.backend", Nd4j.getBackend().getClass().getSimpleName());
    determinants.put("nd4j.version", version(Nd4j.class));
    determinants.put("nd4j.native", Loader.getPlatform());
    determinants.put("blas.vendor", Nd4j.factory().blas().getBlasVendor().toString());
    determinants.put("blas.threads", Integer.toString(Nd4j.factory().blas().getMaxThreads()));
    determinants.put("blas.coretype", environment("OPENBLAS_CORETYPE", "detected"));
    determinants.put("omp.threads", environment("OMP_NUM_THREADS", "unset"));
    determinants.put("processor.model", processor.model());
    determinants.put("processor.vectors", String.join(" ", processor.vectorFlags()));
    return determinants;
  }

  private static String environment(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  private static String version(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
  }
}
