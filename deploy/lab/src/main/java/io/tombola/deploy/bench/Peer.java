package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
 * PyTorch in processes of its own that do the same work on one thread: as it comes, and with
 * subnormal numbers flushed to zero, for which it has to be asked. Confined to one thread; whoever
 * opens it closes it.
 */
final class Peer implements AutoCloseable {

  /** What tables call it. */
  static final String NAME = "pytorch";

  /** What tables call it where it flushes. */
  static final String FLUSHING = "pytorch-flushing";

  private static final String SCRIPT = "peer.py";

  /** Names an OpenBLAS kernel, to which an older OpenBLAS does not come on a newer processor. */
  private static final String CORE = "OPENBLAS_CORETYPE";

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private final JsonLinesProcess plain;
  private final JsonLinesProcess flushing;
  private final String description;

  private Peer(JsonLinesProcess plain, JsonLinesProcess flushing, String description) {
    this.plain = plain;
    this.flushing = flushing;
    this.description = description;
  }

  /**
   * Starts it.
   *
   * @param python the interpreter
   * @param complain is told, in one line for the user, why there is none
   */
  static Optional<Peer> start(String python, Consumer<String> complain) {
    JsonLinesProcess plain;
    JsonLinesProcess flushing;
    try {
      plain = JsonLinesProcess.start(List.of(python, "-u", "-c", script()), environment());
      flushing =
          JsonLinesProcess.start(List.of(python, "-u", "-c", script(), "--flush"), environment());
    } catch (IOException e) {
      complain.accept(missing(e.getMessage()));
      return Optional.empty();
    }
    JsonNode hello = hello(plain);
    if (!hello.has("torch") || !hello(flushing).has("torch")) {
      plain.close();
      flushing.close();
      complain.accept(missing(python + ": " + hello.path("error").asText("it ended")));
      return Optional.empty();
    }
    String versions =
        "PyTorch %s, Python %s, OpenBLAS kernel %s"
            .formatted(
                hello.path("torch").asText(),
                hello.path("python").asText(),
                hello.path("blas_kernel").asText("by processor"));
    return Optional.of(new Peer(plain, flushing, versions));
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String library : List.of("OMP", "OPENBLAS", "MKL")) {
      environment.put(library + "_NUM_THREADS", "1");
    }
    core().ifPresent(core -> environment.put(CORE, core));
    return environment;
  }

  /** What the user says, else the kernel for the widest vectors of the processor. */
  private static Optional<String> core() throws IOException {
    Optional<String> said = Optional.ofNullable(System.getenv(CORE));
    if (said.isPresent() || !Files.isReadable(PROCESSOR)) {
      return said;
    }
    String processor = Files.readString(PROCESSOR);
    if (processor.contains(" avx512bw ") && processor.contains(" avx512vl")) {
      return Optional.of("SkylakeX");
    }
    return processor.contains(" avx2 ") ? Optional.of("Haswell") : Optional.empty();
  }

  private static JsonNode hello(JsonLinesProcess child) {
    try {
      return child.answer();
    } catch (UncheckedIOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String missing(String found) {
    return "--peer: expected PyTorch, found none ("
        + found
        + "); install it (Debian: apt install python3-torch libopenblas0-openmp) or name another"
        + " interpreter by --python; going on without";
  }

  private static String script() throws IOException {
    try (InputStream in = Peer.class.getResourceAsStream(SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Its versions. */
  String description() {
    return description;
  }

  /** PyTorch at a workload, both ways. */
  List<BenchmarkTarget> training(BenchmarkNetwork workload, RawImages images) {
    return both("train", workload, images);
  }

  /** PyTorch that evaluates a workload's network on as many examples as the engines do. */
  List<BenchmarkTarget> evaluation(BenchmarkNetwork workload, RawImages images) {
    return both("evaluate", workload, images);
  }

  private List<BenchmarkTarget> both(String what, BenchmarkNetwork workload, RawImages images) {
    for (JsonLinesProcess child : List.of(plain, flushing)) {
      prepare(child, workload, images);
    }
    return List.of(new Work(NAME, plain, what), new Work(FLUSHING, flushing, what));
  }

  private static void prepare(JsonLinesProcess child, BenchmarkNetwork workload, RawImages images) {
    child.tell(
        Map.of(
            "do",
            "prepare",
            "network",
            workload.preset(),
            "batch",
            BenchmarkNetwork.BATCH,
            "images",
            images.pixels().toString(),
            "labels",
            images.labels().toString(),
            "evaluated",
            workload.evaluated(),
            "density",
            workload.density(),
            "learning_rate",
            BenchmarkNetwork.LEARNING_RATE,
            "seed",
            workload.seed()));
    child.answer();
  }

  private record Work(String name, JsonLinesProcess child, String what) implements BenchmarkTarget {

    @Override
    public TimedWindow run(int units) {
      return child.time(what, units);
    }
  }

  @Override
  public void close() {
    plain.close();
    flushing.close();
  }
}
