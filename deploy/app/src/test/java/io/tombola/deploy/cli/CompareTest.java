package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns beside each other, and what {@code report} prints of one. */
class CompareTest {

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void store() {
    new StoredCampaigns(new StoreLayout(dir.resolve("here")))
        .add("slow", "pruning.rounds=2", "controls.random-mask=0")
        .add(
            "fast",
            "pruning.rounds=1",
            "pruning.rates.dense=0.36",
            "controls.random-mask=0",
            "controls.reinit=0");
    new StoredCampaigns(new StoreLayout(dir.resolve("there")))
        .add("slow", "pruning.rounds=1", "controls.random-mask=0", "seed=7");
  }

  @Test
  void peopleSeeSettingsAndRoundsBesideEachOther() {
    assertEquals(0, tombola("compare", "slow", "fast"));
    assertEquals(
        """
        setting              slow  fast
        pruning.rounds       2     1
        pruning.rates.dense  0.2   0.36
        controls.reinit      1     0

          Pm %  campaign  arm     n  test acc %    min    max  early stop    min    max
        100.00  slow      dense   2       88.50  88.00  89.00       1,000  1,000  1,000
        100.00  fast      dense   2       88.50  88.00  89.00       1,000  1,000  1,000
         80.00  slow      ticket  2       89.00  88.50  89.50         900    900    900
         80.00  slow      reinit  2       88.00  87.50  88.50       1,100  1,100  1,100
         64.00  slow      ticket  2       89.50  89.00  90.00         800    800    800
         64.00  slow      reinit  2       87.50  87.00  88.00       1,200  1,200  1,200
         64.00  fast      ticket  2       89.00  88.50  89.50         900    900    900
        """,
        out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void scriptsReadTheSameAsJson() throws IOException {
    assertEquals(0, tombola("compare", "slow", "fast", "--json"));
    JsonNode json = Json.MAPPER.readTree(out.toString());
    assertEquals("fast", json.get("campaigns").get(1).asText());
    assertEquals("pruning.rounds", json.get("settings").get(0).get("key").asText());
    assertEquals("1", json.get("settings").get(0).get("values").get(1).asText());
    JsonNode last = json.get("rounds").get(2);
    assertEquals(64, last.get("remaining_percent").asDouble());
    JsonNode fast = last.get("arms").get(2);
    assertEquals("fast", fast.get("campaign").asText());
    assertEquals("ticket", fast.get("arm").asText());
    assertEquals(1, fast.get("round").asInt());
    assertEquals(88.5, fast.get("early_stop_test_accuracy_percent").get("min").asDouble());
    assertEquals(900, fast.get("early_stop_iteration").get("mean").asDouble());
    assertEquals(0, fast.get("stopped_at_the_end").asInt());
    assertFalse(fast.has("summary"));
  }

  @Test
  void aCampaignOfAnotherStoreIsNamedWithItsFolder() {
    String other = "slow@" + dir.resolve("there");
    assertEquals(0, tombola("compare", "slow", other));
    assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("seed ")), out.toString());
    assertTrue(out.toString().contains("80.00  " + other + "  ticket  2"), out.toString());
  }

  @Test
  void bothCampaignsAreInTheSameFigures() throws IOException {
    Path file = dir.resolve("new/both.html");
    assertEquals(0, tombola("compare", "slow", "fast", "--html", file.toString()));
    String html = Files.readString(file);
    assertTrue(html.contains("<h1>slow, fast</h1>"));
    assertTrue(html.contains("<figure id=\"fig-accuracy\""));
    assertTrue(html.contains("<figure id=\"fig-iteration\""));
    assertTrue(html.contains("\"campaigns\":[\"slow\",\"fast\"]"));
    assertFalse(html.contains("{{"));
    assertEquals("The figures are in " + file + "\n", err.toString());
  }

  @Test
  void anUnknownCampaignIsOneLineAndExitCode2() {
    assertEquals(2, tombola("compare", "slow", "fasst"));
    assertEquals(
        "tombola: expected a campaign in "
            + dir.resolve("here")
            + ", found none named 'fasst'; did you mean fast?\n",
        err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void theSameCampaignTwiceIsRefused() {
    assertEquals(2, tombola("compare", "slow", "slow"));
    assertTrue(err.toString().contains("found 'slow' twice"), err.toString());
  }

  @Test
  void oneCampaignIsNoComparison() {
    assertEquals(2, tombola("compare", "slow"));
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void aReportPrintsItsPathAndTheClaims() {
    assertEquals(0, tombola("report", "slow"));
    assertEquals(
        dir.resolve("here/reports/slow.html").toString(), out.toString().lines().findFirst().get());
    assertTrue(
        out.toString().contains("\n\nheld             A winning ticket exists: "), out.toString());
    assertTrue(out.toString().endsWith("not enough data.\n"));
  }

  @Test
  void aReportsClaimsAreDataForScripts() throws IOException {
    assertEquals(0, tombola("report", "slow", "--json"));
    JsonNode json = Json.MAPPER.readTree(out.toString());
    assertEquals("slow", json.get("campaign").asText());
    assertTrue(Files.exists(Path.of(json.get("report").asText())));
    JsonNode claim = json.get("claims").get(0);
    assertEquals("winning-ticket", claim.get("id").asText());
    assertEquals("held", claim.get("verdict").asText());
    assertEquals(200, claim.get("parts").get(0).get("margin").get("mean").asDouble());
  }

  private int tombola(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--store";
    all[arguments.length + 1] = dir.resolve("here").toString();
    return Tombola.execute(
        (config, store, console) -> {
          throw new AssertionError("nothing is to be run");
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all);
  }
}
