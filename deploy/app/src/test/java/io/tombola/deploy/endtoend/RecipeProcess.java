package io.tombola.deploy.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A recipe that is followed; one that hangs is ended after ten minutes. */
final class RecipeProcess implements AutoCloseable {

  private static final Executor TIMEOUT = CompletableFuture.delayedExecutor(10, TimeUnit.MINUTES);

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private RecipeProcess(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = err;
  }

  static RecipeProcess start(ProcessBuilder builder, Path err) throws IOException {
    RecipeProcess started = new RecipeProcess(builder.redirectError(err.toFile()).start(), err);
    TIMEOUT.execute(started::close);
    return started;
  }

  /** The next {@code count} lines of its output. */
  List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      lines.add(next(lines));
    }
    return lines;
  }

  /** The next lines of its output, up to one that is {@code wanted}. */
  List<String> until(Predicate<String> wanted) throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(next(lines));
    } while (!wanted.test(lines.get(lines.size() - 1)));
    return lines;
  }

  private String next(List<String> before) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(
          "expected more lines than %s; it said: %s".formatted(before, Files.readString(err)));
    }
    return line;
  }

  /** All the output of a recipe that ends by itself. */
  List<String> end() throws Exception {
    List<String> lines = out.lines().toList();
    if (process.waitFor() != 0) {
      throw new IOException("ended with " + process.exitValue() + ": " + Files.readString(err));
    }
    return lines;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it and its children as {@code kill -9} does, and waits until it writes no more. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
