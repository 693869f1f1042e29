package io.tombola.deploy.endtoend;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A campaign as a program sees it that asks a server.
 *
 * @param url of the campaign
 */
record ServedCampaign(URI url) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** A campaign of the store at {@code server}. */
  static ServedCampaign of(URI server, String name) {
    return new ServedCampaign(server.resolve("api/v1/campaigns/" + name));
  }

  /** Whether the server knows it yet. */
  boolean isThere() throws Exception {
    return answer(request("").GET()).statusCode() != 404;
  }

  List<RoundRecord> results() throws Exception {
    return Json.MAPPER.readValue(body(request("/results").GET()), new TypeReference<>() {});
  }

  /** The position after its newest event. */
  String position() throws Exception {
    return Json.MAPPER.readTree(body(request("").GET())).get("position").asText();
  }

  /** Gives an order, and says in which state the campaign is then. */
  String order(String word) throws Exception {
    HttpRequest.Builder order =
        request("/" + word)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    return Json.MAPPER.readTree(body(order)).get("state").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private static String body(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = answer(request);
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
