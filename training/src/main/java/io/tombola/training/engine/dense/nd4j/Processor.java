package io.tombola.training.engine.dense.nd4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What decides which of its kernels BLAS picks.
 *
 * @param name for people; decides nothing
 * @param kind vendor, family and model number
 * @param vectorFlags its vector instruction sets, sorted; empty where Linux does not tell
 */
record Processor(String name, String kind, List<String> vectorFlags) {

  private static final String ARCHITECTURE = System.getProperty("os.arch");
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String VECTOR_FLAG = "sse|sse2|ssse3|sse4.*|avx.*|fma|fma4|asimd.*|sve.*";

  static Processor detect() {
    try {
      return Files.isReadable(CPUINFO)
          ? parse(Files.readAllLines(CPUINFO))
          : new Processor(ARCHITECTURE, ARCHITECTURE, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CPUINFO, e);
    }
  }

  /** Reads the lines of Linux's {@code cpuinfo}; all processors are taken to be alike. */
  static Processor parse(List<String> cpuinfo) {
    String name = value(cpuinfo, "model name", ARCHITECTURE);
    String vendor = value(cpuinfo, "vendor_id", value(cpuinfo, "CPU implementer", "unknown"));
    String family = value(cpuinfo, "cpu family", value(cpuinfo, "CPU architecture", "?"));
    String model = value(cpuinfo, "model", value(cpuinfo, "CPU part", "?"));
    Set<String> flags = new TreeSet<>();
    for (String flag : value(cpuinfo, "flags", value(cpuinfo, "Features", "")).split(" ", -1)) {
      if (flag.matches(VECTOR_FLAG)) {
        flags.add(flag);
      }
    }
    return new Processor(
        name, "%s family %s model %s".formatted(vendor, family, model), List.copyOf(flags));
  }

  private static String value(List<String> cpuinfo, String key, String otherwise) {
    return cpuinfo.stream()
        .filter(line -> line.split(":", 2)[0].trim().equals(key) && line.contains(":"))
        .map(line -> line.split(":", 2)[1].trim())
        .findFirst()
        .orElse(otherwise);
  }
}
