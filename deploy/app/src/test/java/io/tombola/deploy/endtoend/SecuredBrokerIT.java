package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.PublisherSettings;
import io.tombola.actors.publish.outbox.Publisher;
import io.tombola.deploy.broker.JournalFixture;
import io.tombola.deploy.broker.Rounds;
import io.tombola.deploy.broker.SecuredBroker;
import io.tombola.deploy.broker.TlsFiles;
import io.tombola.deploy.endtoend.TombolaProcess.Ended;
import io.tombola.deploy.run.UnpublishedResults;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker behind TLS, reached with the files of properties that the document gives. */
final class SecuredBrokerIT {

  private static final Pattern LOGIN =
      Pattern.compile("username=\"(?<user>[^\"]+)\" password=\"(?<password>[^\"]+)\"");
  private static final String DOCUMENTED_FOLDER = "/etc/tombola";
  private static final String WRONG = "open-sesame-4711";
  private static final String CAMPAIGN = "secured";
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  @TempDir static Path folder;
  private static Map<String, String> files;
  private static String password;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    files = Recipes.read(ConsumerRecipes.DOCUMENT).files();
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
    Path wrong = clientFile(documented("client.properties").replace(password, WRONG));
    Ended refused = run(store, wrong);

    assertEquals(0, refused.exitCode(), refused.err());
    Map<String, JsonNode> rows = Rows.of(store);
    assertEquals(3, rows.size());
    assertReported(refused, "3 results", "Authentication failed");
    assertTrue(refused.err().lines().anyMatch(UnpublishedResults::isNamedIn), refused.err());
    assertReported(tail(store, wrong), "Authentication failed");

    Path right = clientFile(documented("client.properties"));
    Ended accepted = run(store, right);
    assertEquals(0, accepted.exitCode(), accepted.err());
    assertFalse(accepted.err().lines().anyMatch(UnpublishedResults::isNamedIn), accepted.err());
    assertEquals(Rows.lines(rows), published(store, right));
  }

  @Test
  void aCertificateOpensItToo() throws Exception {
    KafkaCluster cluster =
        new KafkaCluster(
            broker.certificateAddress(), properties(documented("certificate.properties")));
    JournalFixture journal = new JournalFixture("certified", 1, 1).addRounds(1);
    try (Publisher publisher =
        new Publisher(
            journal,
            () -> Optional.of(cluster),
            PublisherSettings.of("certified"),
            Clock.systemUTC())) {
      publisher.start();
      assertTrue(publisher.awaitDrained(TIMEOUT), () -> publisher.status().toString());
    }
    assertEquals(journal.expected(), Rounds.idsByKey(cluster, "certified"));
  }

  private static Map<String, String> properties(String text) throws Exception {
    Properties read = new Properties();
    read.load(new StringReader(text));
    Map<String, String> properties = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
    return properties;
  }

  /** Exactly one line has all of {@code parts}, and none the password. */
  private static void assertReported(Ended ended, String... parts) {
    long lines =
        ended.err().lines().filter(line -> Stream.of(parts).allMatch(line::contains)).count();
    assertEquals(1, lines, ended.err());
    assertFalse((ended.out() + ended.err()).contains(WRONG), ended.err());
  }

  /** A file of the document, for the certificates of this test. */
  private static String documented(String name) {
    return files.get(name).replace(DOCUMENTED_FOLDER, folder.toString());
  }

  private static Path clientFile(String text) throws Exception {
    return Files.writeString(folder.resolve("client.properties"), text);
  }

  private static Ended run(Path store, Path client) throws Exception {
    return TombolaCommand.run(
        SmallRun.command(store, CAMPAIGN, kafka(client).toArray(String[]::new)));
  }

  private static List<String> kafka(Path client) {
    return List.of(
        "kafka.mode=external",
        "kafka.bootstrap-servers=" + broker.passwordAddress(),
        "kafka.client-file=" + client);
  }

  /** What {@code topics tail} shows of the campaign. */
  private static List<String> published(Path store, Path client) throws Exception {
    Ended tail = tail(store, client);
    assertEquals(0, tail.exitCode(), tail.err());
    return tail.out()
        .lines()
        .filter(line -> line.contains("\"campaign\":\"" + CAMPAIGN + "\""))
        .sorted()
        .toList();
  }

  private static Ended tail(Path store, Path client) throws Exception {
    List<String> command = new ArrayList<>(List.of("topics", "tail", "--store", store.toString()));
    kafka(client).forEach(setting -> command.addAll(List.of("--set", setting)));
    return TombolaCommand.run(command.toArray(String[]::new));
  }
}
