package io.tombola.deploy.cli;

import io.tombola.storage.StoreLayout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The base of commands: the common options and the console. */
abstract class StoreCommand implements Callable<Integer> {

  /** Set by the launcher when standard error is a terminal, which Java 17 cannot find out. */
  private static final String TERMINAL = "tombola.terminal";

  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    return execute(console()).code();
  }

  /**
   * Runs the command; {@link ErrorReporter} turns what it throws into one line and an exit code.
   */
  abstract ExitCode execute(Console console) throws Exception;

  final StoreLayout store() {
    return new StoreLayout(common.store);
  }

  /** Whether lines on standard error can be rewritten. */
  static boolean rewritable() {
    return Boolean.getBoolean(TERMINAL)
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }

  private Console console() {
    boolean color = !common.noColor && rewritable();
    return new Console(
        spec.commandLine().getOut(), spec.commandLine().getErr(), common.quiet, color);
  }
}
