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
 * How a trainer's process is made: this Java, its options, class path and environment. Thread-safe.
 *
 * @param slots as many processor slots as the devices of the run were looked for with
 * @param pinCores whether it keeps to a core of its own, where the platform allows it
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
    // Not as an option: it would hide from a list of processes what this one does.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    // Only the parent writes to the journal.
    builder.environment().remove(JournalAddress.PASSWORD_VARIABLE);
    Process process = builder.start();
    CrashReport words =
        new CrashReport(store.trainerCrash(device, Long.toString(process.pid())), log, begin);
    return new TrainerProcess(process, words::text);
  }

  private List<String> command(String device) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of(
            // A trainer reports that it is out of memory, and goes on.
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
