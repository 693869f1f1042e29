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

/** A child process that runs the campaign; {@link #close} kills it. */
final class ChildRun implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  private final Process process;
  private final StoreLayout store;
  private final long startedNanos = System.nanoTime();

  private ChildRun(Process process, StoreLayout store) {
    this.process = process;
    this.store = store;
  }

  /**
   * The command to run.
   *
   * @param program the main class with the command {@code run}
   * @param settings for {@code --set}
   * @param stderr the file to which standard error is appended
   */
  record Command(
      Class<?> program, Path campaign, List<String> settings, StoreLayout store, Path stderr) {}

  static ChildRun start(Command command, Optional<Failpoint.Trigger> death) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    death.ifPresent(at -> line.add("-D" + Failpoint.PROPERTY + "=" + at));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), command.program().getName()));
    line.addAll(List.of("run", command.campaign().toString()));
    line.addAll(List.of("--store", command.store().root().toString()));
    command.settings().forEach(setting -> line.addAll(List.of("--set", setting)));
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(command.stderr().toFile()))
            .start();
    return new ChildRun(process, command.store());
  }

  /** Waits until {@code after} its start or its end; returns whether it still runs. */
  boolean runsAfter(Duration after) throws InterruptedException {
    long left = after.toNanos() - (System.nanoTime() - startedNanos);
    return !process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM; returns the time until the process ended. */
  Duration terminate() throws InterruptedException {
    long began = System.nanoTime();
    process.toHandle().destroy();
    exitCode();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /**
   * Kills one of its child processes and returns its kind, if there was one.
   *
   * @param choice an index from 0, taken modulo the number of children
   */
  Optional<ChildKind> killChild(int choice) {
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
    if (!process.waitFor(TIMEOUT.toMinutes(), TimeUnit.MINUTES)) {
      throw new TortureFailedException(
          "expected the run on "
              + store.root()
              + " to end within "
              + TIMEOUT
              + ", found it hanging");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
