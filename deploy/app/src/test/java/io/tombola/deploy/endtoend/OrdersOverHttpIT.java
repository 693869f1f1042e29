package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control commands over HTTP, to a running campaign and to one that is not running. */
final class OrdersOverHttpIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = held
        replicates = 2
        network = "dense 20, dense 10"
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 3000, evaluate-every = 500, checkpoint-every = 500 }
        pruning.rounds = 1
        controls.reinit = 1
      }
      kafka.mode = off
      """;

  @TempDir Path folder;

  @Test
  void areExecutedByTheRunOrAppendedToTheJournal() throws Exception {
    String file = Files.writeString(folder.resolve("held.conf"), CAMPAIGN).toString();
    String store = folder.resolve("store").toString();
    try (TombolaProcess server = TombolaProcess.start("serve", "--port", "0", "--store", store)) {
      String url = TombolaProcess.dashboard(server) + "api/v1/campaigns/held/";
      assertEquals(404, send(url + "pause").statusCode());
      try (TombolaProcess run = TombolaProcess.start("run", file, "--store", store)) {
        run.awaitErr(line -> line.contains("test accuracy"));
        assertEquals("paused", state(send(url + "pause")));
        run.awaitErr(line -> line.equals("paused; resume with 'tombola resume held'"));
        assertEquals("paused", state(send(url + "pause")), "already paused");
        assertEquals("running", state(send(url + "resume")));
        run.awaitErr(line -> line.equals("resumed"));
        assertEquals("cancelled", state(send(url + "cancel")));
        assertEquals(3, run.end().exitCode());
      }
      HttpResponse<String> rejected = send(url + "pause");
      assertEquals(409, rejected.statusCode(), rejected.body());
      assertEquals(
          "application/problem+json", rejected.headers().firstValue("Content-Type").orElseThrow());
      String detail = Json.MAPPER.readTree(rejected.body()).get("detail").asText();
      assertTrue(detail.contains("tombola resume"), detail);
      assertEquals("interrupted", state(send(url + "resume")));
      assertEquals("paused", state(send(url + "pause")));
      server.terminate();
      assertEquals(0, server.end().exitCode());
    }
  }

  private static HttpResponse<String> send(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String state(HttpResponse<String> response) throws Exception {
    assertEquals(200, response.statusCode(), response.body());
    JsonNode status = Json.MAPPER.readTree(response.body());
    assertEquals("held", status.get("campaign").asText());
    return status.get("state").asText();
  }
}
