package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.broker.SecuredBroker;
import io.tombola.deploy.broker.TlsFiles;
import io.tombola.deploy.endtoend.TombolaProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker behind TLS, reached with the files of properties that the document gives. */
final class SecuredBrokerTest {

  private static final Pattern LOGIN =
      Pattern.compile("username=\"(?<user>[^\"]+)\" password=\"(?<password>[^\"]+)\"");
  private static final String DOCUMENTED_FOLDER = "/etc/tombola";
  private static final String WRONG = "open-sesame-4711";
  private static final String WAITING = "not published yet";

  @TempDir static Path folder;
  private static Map<String, String> files;
  private static String password;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    files = Recipes.read().files();
    Matcher login = LOGIN.matcher(files.get("client.properties"));
    assertTrue(login.find());
    password = login.group("password");
    TlsFiles tls = TlsFiles.make(folder, password);
    broker = SecuredBroker.start(folder.resolve("kafka"), tls, login.group("user"), password);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aWrongPasswordStopsNoTrainingAndTheRightOneDeliversWhatWaited() throws Exception {
    Path store = folder.resolve("store");
    Path wrong = client("client.properties", password, WRONG);
    Ended refused = run(store, "password", broker.passwordAddress(), wrong);

    assertEquals(0, refused.exitCode(), refused.err());
    Map<String, JsonNode> rows = Rows.of(store);
    assertEquals(3, rows.size());
    assertTold(refused, WAITING, "3 results", "Authentication failed");
    assertTold(tail(store, broker.passwordAddress(), wrong), "Authentication failed");

    Path right = client("client.properties", password, password);
    Ended accepted = run(store, "password", broker.passwordAddress(), right);
    assertEquals(0, accepted.exitCode(), accepted.err());
    assertFalse(accepted.err().contains(WAITING), accepted.err());
    assertEquals(Rows.lines(rows), published(store, "password", broker.passwordAddress(), right));
  }

  @Test
  void aCertificateOpensItToo() throws Exception {
    Path store = folder.resolve("certified");
    Path client = client("certificate.properties", password, password);
    Ended run = run(store, "certificate", broker.certificateAddress(), client);

    assertEquals(0, run.exitCode(), run.err());
    assertFalse(run.err().contains(WAITING), run.err());
    assertEquals(
        Rows.lines(Rows.of(store)),
        published(store, "certificate", broker.certificateAddress(), client));
  }

  /** Exactly one line has all of {@code parts}, and none the password. */
  private static void assertTold(Ended ended, String... parts) {
    long lines =
        ended.err().lines().filter(line -> Stream.of(parts).allMatch(line::contains)).count();
    assertEquals(1, lines, ended.err());
    assertFalse((ended.out() + ended.err()).contains(WRONG), ended.err());
  }

  /** A file of the document, with other secrets, for certificates in another folder. */
  private static Path client(String name, String documented, String secret) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        files.get(name).replace(documented, secret).replace(DOCUMENTED_FOLDER, folder.toString()));
  }

  private static Ended run(Path store, String name, String address, Path client) throws Exception {
    return TombolaProcess.run(
        SmallRun.command(store, name, kafka(address, client).toArray(String[]::new)));
  }

  private static List<String> kafka(String address, Path client) {
    return List.of(
        "kafka.mode=external", "kafka.bootstrap-servers=" + address, "kafka.client-file=" + client);
  }

  /** What {@code topics tail} shows of one campaign. */
  private static List<String> published(Path store, String name, String address, Path client)
      throws Exception {
    Ended tail = tail(store, address, client);
    assertEquals(0, tail.exitCode(), tail.err());
    return tail.out()
        .lines()
        .filter(line -> line.contains("\"campaign\":\"" + name + "\""))
        .sorted()
        .toList();
  }

  private static Ended tail(Path store, String address, Path client) throws Exception {
    List<String> command = new ArrayList<>(List.of("topics", "tail", "--store", store.toString()));
    kafka(address, client).forEach(setting -> command.addAll(List.of("--set", setting)));
    return TombolaProcess.run(command.toArray(String[]::new));
  }
}
