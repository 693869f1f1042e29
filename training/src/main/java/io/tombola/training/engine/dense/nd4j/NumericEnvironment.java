package io.tombola.training.engine.dense.nd4j;

import io.tombola.training.engine.dense.onednn.OneDnn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** What the bytes of results depend on: versions, native libraries, processor, threads. */
public final class NumericEnvironment {

  private static final Pattern JAR = Pattern.compile("[^/\\\\]+\\.jar(?=[/\\\\])");

  private NumericEnvironment() {}

  /** The versions and settings here, by name; the backend is started. */
  public static SortedMap<String, String> collect() {
    Processor processor = Processor.detect();
    SortedMap<String, String> determinants = new TreeMap<>();
    determinants.put("blas.coretype", environment("OPENBLAS_CORETYPE", "by processor"));
    determinants.put("blas.threads", Integer.toString(Nd4j.factory().blas().getMaxThreads()));
    determinants.put("blas.vendor", Nd4j.factory().blas().getBlasVendor().toString());
    determinants.put("kernels", kernels());
    determinants.put("native.libraries", origins(Loader.getLoadedLibraries().values()));
    determinants.put("native.platform", Loader.getPlatform());
    determinants.put("nd4j.backend", Nd4j.getBackend().getClass().getSimpleName());
    determinants.put("nd4j.version", version());
    determinants.put("processor.kind", processor.kind());
    determinants.put("processor.vectors", String.join(" ", processor.vectorFlags()));
    return determinants;
  }

  /** What computes products and convolutions here: its version and which instructions it uses. */
  private static String kernels() {
    return Nd4jBackend.usesOneDnn()
        ? OneDnn.description()
        : "BLAS, which convolutions are products of, too";
  }

  /**
   * The archives that libraries were unpacked from, which name version and build; a library of the
   * system is named by its path.
   */
  static String origins(Collection<String> libraries) {
    return libraries.stream()
        .map(NumericEnvironment::origin)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String origin(String library) {
    Matcher jar = JAR.matcher(library);
    return jar.find() ? jar.group() : library;
  }

  private static String environment(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  private static String version() {
    try {
      return Optional.ofNullable(Loader.getVersion("org.nd4j", "nd4j-api", Nd4j.class))
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version of nd4j-api", e);
    }
  }
}
