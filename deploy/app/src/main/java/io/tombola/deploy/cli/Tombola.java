package io.tombola.deploy.cli;

import io.tombola.deploy.cli.ErrorReporter.Failure;
import io.tombola.deploy.process.JavaSerialization;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command {@code tombola}. */
@Command(
    name = "tombola",
    description = "Lottery-ticket campaigns that survive anything.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with 'tombola run'. Exit codes: 0 done, 2 usage or configuration, 3 campaign failed,",
      "4 store in use, 5 store damaged, 6 no space, 75 interrupted (run the same command again)."
    })
public final class Tombola implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  Tombola() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    JavaSerialization.disable();
    StdoutRedirect.toLog();
    ErrorReporter.logUncaught();
    SignalHandler signals = SignalHandler.listen();
    CommandLine commands = commands(new RunExecution(signals), signals);
    removeIncubatorWarning();
    signals.exit(execute(commands, utf8(FileDescriptor.out), utf8(FileDescriptor.err), args));
  }

  /** Removes the line by which Java warns that the vector module is an incubator module. */
  private static void removeIncubatorWarning() {
    boolean warned = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (warned && StoreCommand.rewritable()) {
      PrintWriter err = utf8(FileDescriptor.err);
      err.print("\u001b[1A\u001b[2K");
      err.flush();
    }
  }

  /** Runs one command without signal handling and returns its exit code. */
  static int execute(CampaignRunner runner, PrintWriter out, PrintWriter err, String... args) {
    return execute(commands(runner, stop -> {}), out, err, args);
  }

  private static CommandLine commands(CampaignRunner runner, StopHook stopHook) {
    return new CommandLine(new Tombola())
        .addSubcommand(new RunCommand(runner))
        .addSubcommand(new ForkCommand(runner))
        .addSubcommand(new PauseResumeCancelCommand.Pause(stopHook))
        .addSubcommand(new PauseResumeCancelCommand.Resume(stopHook))
        .addSubcommand(new PauseResumeCancelCommand.Cancel(stopHook))
        .addSubcommand(new StatusCommand())
        .addSubcommand(new WatchCommand())
        .addSubcommand(new ServeCommand(stopHook))
        .addSubcommand(new ResultsCommand())
        .addSubcommand(new ReportCommand())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new CompareCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new TortureCommand(stopHook))
        .addSubcommand(new BenchCommand(stopHook))
        .addSubcommand(new TopicsCommand())
        .addSubcommand(new PresetsCommand())
        .addSubcommand(new DevicesCommand());
  }

  private static int execute(
      CommandLine commandLine, PrintWriter out, PrintWriter err, String... args) {
    commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, err));
    if (Arrays.asList(args).contains(CommonOptions.NO_COLOR)) {
      commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      // Out of memory, a native library that does not load: picocli lets these through.
      return failed(e, err);
    }
  }

  /** Only reached without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected a command, found none");
  }

  private static int failed(Throwable thrown, PrintWriter err) {
    Failure failure = ErrorReporter.explain(thrown);
    err.println("tombola: " + failure.line());
    err.flush();
    return failure.code().code();
  }

  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }
}
