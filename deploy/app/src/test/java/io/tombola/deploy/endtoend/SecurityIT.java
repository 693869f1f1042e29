package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.broker.StoreBroker;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets stay secret, and no client outside this machine can connect. */
final class SecurityIT {

  private static final String SECRET = "open-sesame-4711";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ali\" password=\"%s\""
          .formatted(SECRET);

  @TempDir Path folder;

  // The second is no correct login: Kafka complains about it while it reads it.
  @ParameterizedTest
  @ValueSource(strings = {";", ""})
  void aSecretOfTheClientsReachesNoLogNoStoreAndNoTerminal(String end) throws Exception {
    Path client =
        Files.writeString(
            folder.resolve("client.properties"),
            """
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            ssl.key.password=%s
            sasl.jaas.config=%s
            """
                .formatted(SECRET, LOGIN + end));
    Path store = folder.resolve("store");

    TombolaProcess.Ended run =
        TombolaProcess.run(
            command(
                store,
                "--set",
                "kafka.mode=external",
                "--set",
                "kafka.bootstrap-servers=127.0.0.1:1",
                "--set",
                "kafka.client-file=" + client));

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("not published yet"), run.err());
    assertFalse((run.out() + run.err()).contains(SECRET), run.err());
    assertEquals(List.of(), filesWith(SECRET, store));
  }

  @Test
  void aSecretOnTheCommandLineIsRefusedWithoutRepeatingIt() throws Exception {
    TombolaProcess.Ended run =
        run(folder.resolve("store"), "--set", "kafka.client.sasl.jaas.config=" + SECRET);

    assertEquals(2, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("kafka.client-file"), run.err());
    assertFalse(run.err().contains(SECRET), run.err());
  }

  @Test
  void theEmbeddedBrokerAnswersOnLoopbackOnly() throws Exception {
    try (StoreBroker broker = StoreBroker.open(new StoreLayout(folder))) {
      int port = Integer.parseInt(broker.address().substring(broker.address().indexOf(':') + 1));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      for (InetAddress outside : addressesOfThisMachine()) {
        assertThrows(ConnectException.class, () -> connect(outside, port), outside.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "..", "/tmp/escaped", "a/b", "a\\b", ".hidden", ""})
  void aCampaignCannotNameAFileOutsideItsStore(String name) throws Exception {
    TombolaProcess.Ended run = run(folder.resolve("store"), "--set", "name=" + name);

    assertEquals(2, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    try (Stream<Path> beside = Files.list(folder)) {
      assertEquals(List.of(), beside.filter(f -> !f.endsWith("store")).toList());
    }
  }

  private static TombolaProcess.Ended run(Path store, String... more) {
    return TombolaCommand.run(command(store, more));
  }

  private static String[] command(Path store, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--store",
                store.toString(),
                "--set",
                "replicates=1",
                "--set",
                "training.iterations=20",
                "--set",
                "dataset.test-limit=300",
                "--set",
                "pruning.rounds=1",
                "--set",
                "controls.reinit=0"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private static List<Path> filesWith(String text, Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One byte a character, so that binary files can be searched as well.
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2000);
    }
  }

  private static List<InetAddress> addressesOfThisMachine() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }
}
