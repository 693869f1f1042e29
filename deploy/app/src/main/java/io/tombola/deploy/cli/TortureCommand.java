package io.tombola.deploy.cli;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.KafkaSettings.Mode;
import io.tombola.deploy.config.ResolvedConfig;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.torture.Certificate;
import io.tombola.deploy.torture.FileTrees;
import io.tombola.deploy.torture.Torture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola torture}. */
@Command(
    name = "torture",
    description = {
      "Proves that no result is lost: runs a campaign uninterrupted, then again under seeded faults,",
      "resumes it after each fault, and compares every artifact, row and record.",
      "Prints a certificate; exit code 3 if there is any difference."
    })
final class TortureCommand extends StoreCommand {

  private static final String CERTIFICATE = "certificate.txt";
  private static final String CAMPAIGN = "torture.conf";

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A preset or a campaign file (default: a small campaign of its own).")
  private Optional<String> campaign = Optional.empty();

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "The number of kills (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of the faults (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "tombola-torture",
      description =
          "The directory for stores and certificate (default: ./${DEFAULT-VALUE}); --store has no effect.")
  private Path directory;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the campaign, as for run; repeatable.")
  private List<String> settings = List.of();

  private final StopHook stopHook;

  TortureCommand(StopHook stopHook) {
    this.stopHook = stopHook;
  }

  @Override
  ExitCode execute(Console console) throws Exception {
    if (kills < 1) {
      throw new UsageException("--kills: expected at least 1, found " + kills);
    }
    Path root = directory.toAbsolutePath().normalize();
    byte[] text = campaignText();
    clear(root);
    Path file = Files.write(root.resolve(CAMPAIGN), text);
    RunConfig config = ConfigLoader.load(Optional.of(file.toString()), settings);
    if (config.kafka().mode() != Mode.EMBEDDED) {
      throw new UsageException(
          "kafka.mode: expected embedded, whose topic is compared too, found "
              + config.kafka().mode().name().toLowerCase(Locale.ROOT)
              + "; leave it out");
    }
    Torture torture =
        new Torture(
            new Torture.Request(
                Tombola.class, root, file, settings, config.campaign(), kills, seed),
            console::say);
    stopHook.onSignal(torture::stop);
    Certificate certificate = torture.run();
    if (common.json) {
      console.printJson(certificate);
    } else {
      console.print(certificate.toText());
    }
    Files.writeString(root.resolve(CERTIFICATE), certificate.toText());
    console.say("certificate: " + root.resolve(CERTIFICATE));
    return certificate.sound() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Deletes an earlier torture's files; rejects a directory with any other file. */
  private void clear(Path root) throws IOException {
    Files.createDirectories(root);
    Set<Path> entries;
    try (Stream<Path> listed = Files.list(root)) {
      entries = listed.collect(Collectors.toSet());
    }
    if (!entries.isEmpty() && !entries.contains(root.resolve(CAMPAIGN))) {
      throw new UsageException(
          "expected an empty directory or one of an earlier torture, found others' files in "
              + root
              + "; name another by --dir DIR");
    }
    for (Path entry : entries) {
      FileTrees.delete(entry);
    }
  }

  private byte[] campaignText() throws IOException {
    if (campaign.isPresent()) {
      RunConfig asked = ConfigLoader.load(campaign, settings);
      return ResolvedConfig.render(asked.campaign()).getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream own = Tombola.class.getResourceAsStream("/torture.conf")) {
      return own.readAllBytes();
    }
  }
}
