package io.tombola.deploy.trainer;

import io.tombola.actors.device.child.TrainerLauncher;
import io.tombola.actors.device.child.TrainerProcess;
import io.tombola.deploy.process.JavaOptions;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts trainer processes with this Java, its options, class path and environment. Thread-safe.
 *
 * @param slots the number of CPU slots with which the run detected its devices
 * @param pinCores whether each trainer is pinned to a core, where the platform supports it
 */
public record TrainerCommand(StoreLayout store, int slots, boolean pinCores)
    implements TrainerLauncher {

  @Override
  public TrainerProcess launch(String device) throws IOException {
    Path log = store.trainerLog(device);
    Files.createDirectories(log.getParent());
    long begin = Files.exists(log) ? Files.size(log) : 0;
    ProcessBuilder builder =
        new ProcessBuilder(command(device))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // In the environment, since a long option would hide the other arguments in a process list.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    // Only the parent writes to the journal.
    builder.environment().remove(JournalAddress.PASSWORD_VARIABLE);
    Process process = builder.start();
    CrashReport report =
        new CrashReport(store.trainerCrash(device, Long.toString(process.pid())), log, begin);
    return new TrainerProcess(process, report::text);
  }

  private List<String> command(String device) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of(
            // A trainer reports an OutOfMemoryError and continues.
            "-XX:-ExitOnOutOfMemoryError",
            "-XX:-CrashOnOutOfMemoryError",
            // Standard output is for messages.
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ErrorFile=" + store.trainerCrash(device, "%p"),
            "-Dlogback.configurationFile=io/tombola/deploy/trainer/logback-trainer.xml",
            TrainerMain.class.getName(),
            store.root().toString(),
            device,
            Integer.toString(slots),
            Boolean.toString(pinCores)));
    return command;
  }
}
