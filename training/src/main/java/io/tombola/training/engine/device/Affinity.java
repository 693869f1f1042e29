package io.tombola.training.engine.device;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cores that a thread may run on: Linux tells them in {@code /proc}, taskset changes them. */
final class Affinity {

  private static final Path THREAD = Path.of("/proc/thread-self");
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final String SIBLINGS =
      "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list";

  private Affinity() {}

  /**
   * Those of the calling thread, by number.
   *
   * @throws IOException where the system does not tell
   */
  static List<Integer> allowed() throws IOException {
    return Files.readAllLines(THREAD.resolve("status")).stream()
        .filter(line -> line.startsWith(ALLOWED))
        .map(line -> parse(line.substring(ALLOWED.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + ALLOWED + " in " + THREAD));
  }

  /** Numbers in a list as Linux writes it, such as {@code 0-3,8}. */
  static List<Integer> parse(String list) {
    return Stream.of(list.strip().split(",", -1))
        .map(part -> part.split("-", 2))
        .flatMapToInt(
            ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
        .boxed()
        .toList();
  }

  /** As they should be taken: a second thread of a physical core after the first ones of all. */
  static List<Integer> inTurn(List<Integer> cores) {
    return cores.stream().sorted(Comparator.comparingInt(Affinity::threadOfItsCore)).toList();
  }

  private static int threadOfItsCore(int core) {
    Path siblings = Path.of(SIBLINGS.formatted(core));
    try {
      return Files.isReadable(siblings)
          ? Math.max(0, parse(Files.readString(siblings)).indexOf(core))
          : 0;
    } catch (IOException e) {
      // The order is all that depends on it.
      return 0;
    }
  }

  /**
   * Keeps the calling thread on one core from now on, and the threads that it starts.
   *
   * @throws IOException if there is no taskset, or it cannot
   */
  static void bind(int core) throws IOException {
    String thread = Files.readSymbolicLink(THREAD).getFileName().toString();
    // On another thread: starting a process also starts the Java thread that waits for its end.
    Optional<String> refusal =
        CompletableFuture.supplyAsync(
                () -> taskset(core, thread), work -> new Thread(work, "tombola-taskset").start())
            .join();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
  }

  /** Why it could not; empty if it could. */
  private static Optional<String> taskset(int core, String thread) {
    try {
      Process process =
          new ProcessBuilder("taskset", "-c", "-p", Integer.toString(core), thread)
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (IOException e) {
      return Optional.of(ExceptionMessage.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while taskset was at work");
    }
  }
}
