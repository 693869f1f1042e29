package io.tombola.deploy.bench.engines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombola.deploy.bench.child.JsonLines;
import io.tombola.deploy.bench.child.JsonLinesProcess;
import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PyTorch in two child processes that run the same operations on one thread: one with PyTorch's
 * defaults, one that flushes subnormal numbers to zero. Confined to one thread; its opener closes
 * it.
 */
public final class PyTorchBaseline implements AutoCloseable {

  /** The name in tables. */
  public static final String NAME = "pytorch";

  /** The name in tables of the process that flushes subnormal numbers. */
  public static final String FLUSHING = "pytorch-flushing";

  private static final String SCRIPT = "pytorch_baseline.py";

  /** Selects an OpenBLAS kernel; an older OpenBLAS does not detect a newer processor. */
  private static final String BLAS_KERNEL = "OPENBLAS_CORETYPE";

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private final JsonLinesProcess plain;
  private final JsonLinesProcess flushing;
  private final String description;

  private PyTorchBaseline(JsonLinesProcess plain, JsonLinesProcess flushing, String description) {
    this.plain = plain;
    this.flushing = flushing;
    this.description = description;
  }

  /**
   * Starts both processes.
   *
   * @param python the interpreter
   * @param progress receives one line for the user if PyTorch is missing
   */
  public static Optional<PyTorchBaseline> start(String python, Consumer<String> progress) {
    JsonLinesProcess plain;
    JsonLinesProcess flushing;
    try {
      plain = JsonLinesProcess.start(List.of(python, "-u", "-c", script()), environment());
      flushing =
          JsonLinesProcess.start(List.of(python, "-u", "-c", script(), "--flush"), environment());
    } catch (IOException e) {
      progress.accept(missing(ExceptionMessage.of(e)));
      return Optional.empty();
    }
    JsonNode versions = versions(plain);
    if (!versions.has("torch") || !versions(flushing).has("torch")) {
      plain.close();
      flushing.close();
      progress.accept(missing(python + ": " + versions.path("error").asText("it ended")));
      return Optional.empty();
    }
    String description =
        "PyTorch %s, Python %s, OpenBLAS kernel %s"
            .formatted(
                versions.path("torch").asText(),
                versions.path("python").asText(),
                versions.path("blas_kernel").asText("by processor"));
    return Optional.of(new PyTorchBaseline(plain, flushing, description));
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String library : List.of("OMP", "OPENBLAS", "MKL")) {
      environment.put(library + "_NUM_THREADS", "1");
    }
    blasKernel().ifPresent(kernel -> environment.put(BLAS_KERNEL, kernel));
    return environment;
  }

  /** The kernel that the user chose, else that for the widest vectors of the processor. */
  private static Optional<String> blasKernel() throws IOException {
    Optional<String> chosen = Optional.ofNullable(System.getenv(BLAS_KERNEL));
    if (chosen.isPresent() || !Files.isReadable(CPU_INFO)) {
      return chosen;
    }
    String processor = Files.readString(CPU_INFO);
    if (processor.contains(" avx512bw ") && processor.contains(" avx512vl")) {
      return Optional.of("SkylakeX");
    }
    return processor.contains(" avx2 ") ? Optional.of("Haswell") : Optional.empty();
  }

  private static JsonNode versions(JsonLinesProcess child) {
    try {
      return child.receive();
    } catch (UncheckedIOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String missing(String found) {
    return "--peer: expected PyTorch, found none ("
        + found
        + "); install it (Debian: apt install python3-torch libopenblas0-openmp) or name another"
        + " interpreter by --python; continuing without";
  }

  private static String script() throws IOException {
    try (InputStream in = PyTorchBaseline.class.getResourceAsStream(SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Its versions. */
  public String description() {
    return description;
  }

  /** Training steps of PyTorch, in both processes. */
  List<BenchmarkTarget> training(BenchmarkNetwork network, RawImages images) {
    return inBoth("train", network, images);
  }

  /** Evaluations by PyTorch of as many examples as the engines evaluate, in both processes. */
  List<BenchmarkTarget> evaluation(BenchmarkNetwork network, RawImages images) {
    return inBoth("evaluate", network, images);
  }

  private List<BenchmarkTarget> inBoth(String command, BenchmarkNetwork network, RawImages images) {
    for (JsonLinesProcess child : List.of(plain, flushing)) {
      prepare(child, network, images);
    }
    return List.of(new Operation(NAME, plain, command), new Operation(FLUSHING, flushing, command));
  }

  private static void prepare(JsonLinesProcess child, BenchmarkNetwork network, RawImages images) {
    child.request(
        Map.of(
            JsonLines.COMMAND,
            "prepare",
            "network",
            network.preset(),
            "batch",
            BenchmarkNetwork.BATCH,
            "images",
            images.pixels().toString(),
            "labels",
            images.labels().toString(),
            "evaluated",
            network.evaluated(),
            "density",
            network.density(),
            "learning_rate",
            BenchmarkNetwork.LEARNING_RATE,
            "seed",
            network.seed()));
  }

  private record Operation(String name, JsonLinesProcess child, String command)
      implements BenchmarkTarget {

    @Override
    public TimedWindow run(int units) {
      child.sendTimed(command, units);
      return child.receiveWindow(units);
    }
  }

  @Override
  public void close() {
    plain.close();
    flushing.close();
  }
}
