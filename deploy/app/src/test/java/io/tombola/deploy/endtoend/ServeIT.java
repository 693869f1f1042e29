package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.serve.SseReader;
import io.tombola.deploy.serve.SseReader.Message;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a user starts it, beside a real run and within one. */
final class ServeIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int KILLS = 3;
  private static final String CAMPAIGN =
      """
      campaign {
        name = served
        replicates = 2
        network = "dense 20, dense 10"
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 3000, evaluate-every = 100, checkpoint-every = 100 }
        pruning.rounds = 1
        controls.reinit = 1
      }
      kafka.mode = off
      """;

  @TempDir Path folder;

  @Test
  void aStreamOverKilledServersHasEachEventOnce() throws Exception {
    StoreLayout store = new StoreLayout(folder.resolve("store"));
    String file = Files.writeString(folder.resolve("served.conf"), CAMPAIGN).toString();
    List<Message> received = new ArrayList<>();
    Random random = new Random(7);
    // The server comes first and waits for the store.
    TombolaProcess server = serve(store);
    String url = TombolaProcess.dashboard(server);
    assertEquals("[]", get(url + "api/v1/campaigns"));
    try (TombolaProcess run =
        TombolaProcess.start("run", file, "--store", store.root().toString())) {
      for (int kill = 0; kill < KILLS; kill++) {
        String stream = url;
        awaitCampaign(url);
        try (SseReader reader = SseReader.open(streamOf(stream), lastId(received))) {
          receive(reader, received, 5 + random.nextInt(20));
        }
        server.killAfter(0);
        server.close();
        server = serve(store);
        url = TombolaProcess.dashboard(server);
      }
      try (SseReader reader = SseReader.open(streamOf(url), lastId(received))) {
        receiveToTheEnd(reader, received);
      }
      assertEquals(0, run.end().exitCode());
    }
    assertEachEventOnce(store, received);
    server.terminate();
    assertEquals(0, server.end().exitCode());
  }

  @Test
  void aRunServesItselfFromBeforeItsFirstEventToItsLast() throws Exception {
    StoreLayout store = new StoreLayout(folder.resolve("store"));
    String file = Files.writeString(folder.resolve("served.conf"), CAMPAIGN).toString();
    try (TombolaProcess run =
        TombolaProcess.start("run", file, "--serve=0", "--store", store.root().toString())) {
      String url = TombolaProcess.dashboard(run);
      JsonNode empty = Json.MAPPER.readTree(get(url + "api/v1/store"));
      assertEquals(store.root().toString(), empty.get("store").asText());
      awaitCampaign(url);
      assertTrue(get(url + "health/ready").contains("\"campaign\":\"served\""));
      assertTrue(get(url + "metrics").contains("tombola_"));
      List<Message> received = new ArrayList<>();
      try (SseReader reader = SseReader.open(streamOf(url), Optional.of("0"))) {
        receiveToTheEnd(reader, received);
      }
      assertEachEventOnce(store, received);
      TombolaProcess.Ended ended = run.end();
      assertEquals(0, ended.exitCode(), ended.err());
    }
  }

  @Test
  void aPortInUseIsRefusedBeforeAnythingIsTrained() throws Exception {
    Path store = folder.resolve("store");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      for (String[] command :
          new String[][] {
            {"serve", "--port", port, "--store", store.toString()},
            {"run", "--serve", port, "quickstart", "--store", store.toString()}
          }) {
        TombolaProcess.Ended ended = TombolaCommand.run(command);
        assertEquals(2, ended.exitCode());
        assertEquals(
            "tombola: expected a free port, found "
                + port
                + " in use at 127.0.0.1; choose another, or 0 for any free one\n",
            ended.err());
      }
    }
    assertTrue(Files.notExists(store.resolve("journal")), "nothing has begun");
  }

  @Test
  void aCampaignMayFollowInThePlaceOfThePort() throws Exception {
    TombolaProcess.Ended ended =
        TombolaCommand.run("run", "--serve", "nosuch", "--store", folder.toString());
    assertEquals(2, ended.exitCode());
    assertTrue(ended.err().contains("campaign 'nosuch'"), ended.err());
    TombolaProcess.Ended alone =
        TombolaCommand.run("run", "--read-only", "--store", folder.toString());
    assertEquals(2, alone.exitCode());
    assertTrue(alone.err().contains("expected --serve beside"), alone.err());
  }

  @Test
  void watchesThroughAServer() throws Exception {
    Path store = folder.resolve("store");
    assertEquals(
        0, TombolaCommand.run(SmallRun.command(store, "small", "kafka.mode=off")).exitCode());
    Path token = Files.writeString(folder.resolve("token"), "a-token-of-some-length\n");
    TombolaProcess server =
        TombolaProcess.start(
            "serve", "--port", "0", "--store", store.toString(), "--token-file", token.toString());
    try (server) {
      String url = TombolaProcess.dashboard(server);
      TombolaProcess.Ended seen =
          TombolaCommand.run("watch", "--url", url, "--token-file", token.toString());
      assertEquals(0, seen.exitCode(), seen.err());
      assertTrue(seen.out().startsWith("tombola watch " + url), seen.out());
      assertTrue(seen.out().contains("finished [####"), seen.out());
      assertTrue(seen.out().contains("campaign finished"), seen.out());

      TombolaProcess.Ended unknown = TombolaCommand.run("watch", "--url", url);
      assertEquals(2, unknown.exitCode());
      assertTrue(unknown.err().contains("expected the token, found none"), unknown.err());
      server.terminate();
      assertEquals(0, server.end().exitCode());
      TombolaProcess.Ended stopped = TombolaCommand.run("watch", "--url", url);
      assertEquals(2, stopped.exitCode());
      assertTrue(stopped.err().contains("found no answer"), stopped.err());
    }
  }

  private static TombolaProcess serve(StoreLayout store) throws IOException {
    return TombolaProcess.start("serve", "--port", "0", "--store", store.root().toString());
  }

  private static URI streamOf(String url) {
    return URI.create(url + "api/v1/campaigns/served/stream");
  }

  /** The id from which a client with these messages resumes; 0 at first. */
  private static Optional<String> lastId(List<Message> received) {
    return Optional.of(
        received.isEmpty() ? "0" : received.get(received.size() - 1).id().orElseThrow());
  }

  private static void receive(SseReader stream, List<Message> received, int count) {
    for (int events = 0; events < count; ) {
      Message message = stream.next().orElseThrow();
      if (message.event().equals("event")) {
        received.add(message);
        events++;
      }
    }
  }

  private static void receiveToTheEnd(SseReader stream, List<Message> received) throws IOException {
    String kind = "";
    while (!kind.equals("CampaignFinished")) {
      receive(stream, received, 1);
      kind = Json.MAPPER.readTree(received.get(received.size() - 1).data()).get("kind").asText();
    }
  }

  /** Each log's events are complete, in order and without duplicates. */
  private static void assertEachEventOnce(StoreLayout store, List<Message> received)
      throws IOException {
    try (JournalReader journal = JournalReader.open(store)) {
      for (String id : journal.ids()) {
        List<Long> sequences = new ArrayList<>();
        for (Message message : received) {
          JsonNode event = Json.MAPPER.readTree(message.data());
          JsonNode replicate = event.get("replicate");
          String log =
              replicate.isNull() ? "campaign|served" : "replicate|served|" + replicate.asInt();
          if (log.equals(id)) {
            sequences.add(event.get("sequence").asLong());
          }
        }
        assertEquals(
            LongStream.rangeClosed(1, journal.highestSequence(id)).boxed().toList(), sequences, id);
      }
    }
  }

  private static void awaitCampaign(String url) {
    Awaitility.await("the campaign")
        .atMost(TIMEOUT)
        .until(() -> get(url + "api/v1/campaigns").contains("served"));
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
