package io.tombola.deploy.torture;

import io.tombola.deploy.process.JavaOptions;
import io.tombola.storage.Failpoint;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs the campaign. Closing it kills it. */
final class ChildRun implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Process process;
  private final StoreLayout store;
  private final long startedNanos = System.nanoTime();

  private ChildRun(Process process, StoreLayout store) {
    this.process = process;
    this.store = store;
  }

  /**
   * What to run.
   *
   * @param program the one with the command {@code run}
   * @param settings for {@code --set}
   * @param said gets what the process says on standard error, after what is there
   */
  record Order(
      Class<?> program, Path campaign, List<String> settings, StoreLayout store, Path said) {}

  static ChildRun start(Order order, Optional<Failpoint.Trigger> death) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    death.ifPresent(at -> command.add("-D" + Failpoint.PROPERTY + "=" + at));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), order.program().getName()));
    command.addAll(List.of("run", order.campaign().toString()));
    command.addAll(List.of("--store", order.store().root().toString()));
    order.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(order.said().toFile()))
            .start();
    return new ChildRun(process, order.store());
  }

  /** Whether it is still running {@code after} its start; waits until then or its end. */
  boolean lives(Duration after) throws InterruptedException {
    long left = after.toNanos() - (System.nanoTime() - startedNanos);
    return !process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM; returns how long it took to end. */
  Duration terminate() throws InterruptedException {
    long began = System.nanoTime();
    process.toHandle().destroy();
    exitCode();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /**
   * Kills one of its child processes; which one was killed, if there was one.
   *
   * @param choice from 0 on, picks among those there are
   */
  Optional<ChildKind> killBystander(int choice) {
    List<ProcessHandle> children =
        process.toHandle().children().sorted(Comparator.comparing(ProcessHandle::pid)).toList();
    if (children.isEmpty()) {
      return Optional.empty();
    }
    ProcessHandle victim = children.get(choice % children.size());
    ChildKind who = ChildKind.of(victim);
    return victim.destroyForcibly() ? Optional.of(who) : Optional.empty();
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
      throw new TortureFailedException(
          "expected the run on "
              + store.root()
              + " to end within "
              + PATIENCE
              + ", found it hanging");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
