package io.tombola.deploy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.report.claims.ClaimScore;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private static final Path WRITTEN = Path.of("target", "reports");
  private final ReportData finished = new SampleCampaign(2, 8, new ControlsSpec(2, 1)).finished();

  @Test
  void refersToNothingOutsideTheFile() {
    String html = HtmlReport.render(finished);
    Pattern outside =
        Pattern.compile(
            "(?i)(?:src|href|action|data|poster)\\s*=\\s*[\"']?\\s*(?:https?:)?//"
                + "|@import|url\\(|<link|<iframe|<object|<embed|fetch\\(|XMLHttpRequest"
                + "|WebSocket|importScripts|import\\(");
    Matcher found = outside.matcher(html);
    assertFalse(found.find(), () -> "external reference: " + found.group());
    assertTrue(html.contains("default-src 'none'"));
  }

  @Test
  void embedsTheNumbersThatItDraws() throws IOException {
    JsonNode data = embedded(HtmlReport.render(finished));
    assertEquals(9, data.get("rounds").size());
    assertEquals(List.of("ticket", "reinit", "random"), data.get("arms").findValuesAsText("arm"));
    assertEquals(51, data.get("iterations").size());
    JsonNode reinit = data.get("curves").get(2);
    assertEquals(4, reinit.get("n").asInt());
    assertEquals(51, reinit.get("validationLossNats").get("mean").size());
  }

  @Test
  void drawsALineForEveryArmButCopiesUnderOtherDataOrders() throws IOException {
    JsonNode data = embedded(HtmlReport.render(SampleCampaign.everything().finished()));
    assertEquals(
        List.of(
            "ticket (iterative)",
            "reinit",
            "random mask",
            "layer-shuffled mask",
            "same-sign reinit",
            "one-shot",
            "continued training"),
        data.get("arms").findValuesAsText("label"));
    assertEquals(
        data.get("arms").findValuesAsText("arm"),
        data.get("curves").findValuesAsText("arm").stream().distinct().toList());
  }

  @Test
  void scoresTheClaimsInWordsAndNumbers() {
    String html = HtmlReport.render(finished);
    assertTrue(html.contains("<h2 id=\"claims\">Claims of the paper</h2>"));
    long claims = finished.claims().size();
    assertEquals(15, claims);
    assertEquals(claims, count(html, "<li id=\"claim-"));
    assertEquals(
        claims,
        count(
            html,
            "<p class=\"verdict (held\">held|not-held\">not held|open\">not enough data)</p>"));
    for (ClaimScore score : finished.claims()) {
      String counts = Html.escape(score.counts());
      assertTrue(html.toLowerCase(Locale.ROOT).contains(counts), counts);
    }
    assertEquals(
        finished.claims().stream().filter(s -> s.parts().get(0).margin().isPresent()).count(),
        count(html, "<summary>Each replicate</summary>"));
  }

  @Test
  void escapesWhatUsersWrote() throws IOException {
    String nasty = "</script><script>alert('x')</script>\u2028 {{css}} $1 &";
    ReportData data =
        new ReportData(
            finished.campaign(), finished.replicates(), finished.artifacts(), nasty, nasty);
    String html = HtmlReport.render(data);
    assertFalse(html.contains("<script>alert"));
    assertTrue(
        html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\u2028 {{css}} $1 &amp;"));
    embedded(html);
  }

  @Test
  void jsonCannotEndItsElement() throws IOException {
    String text = "</script><!-- & \u2028\u2029";
    String json = Html.json(text);
    assertFalse(Pattern.compile("[<>&\u2028\u2029]").matcher(json).find());
    assertEquals(text, Json.MAPPER.readValue(json, String.class));
  }

  @Test
  void divergedCurvesBecomeGaps() throws IOException {
    TrialArtifacts infinite =
        trial ->
            finished
                .artifacts()
                .curve(trial)
                .map(
                    curve ->
                        new LearningCurve(
                            curve.points().stream()
                                .map(
                                    p ->
                                        new LearningCurve.Point(
                                            p.iteration(),
                                            p.trainLossNats(),
                                            Double.NaN,
                                            10,
                                            1,
                                            10))
                                .toList()));
    ReportData data =
        new ReportData(finished.campaign(), finished.replicates(), infinite, "file", "command");
    JsonNode curve = embedded(HtmlReport.render(data)).get("curves").get(0);
    assertTrue(curve.get("validationLossNats").get("mean").get(3).isNull());
    assertEquals(10, curve.get("testAccuracyPercent").get("mean").get(3).asDouble());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void embedsNoNumberThatJsonDoesNotHave(double number) throws IOException {
    OptionalDouble distance = OptionalDouble.of(number);
    LearningCurve curve =
        new LearningCurve(
            IntStream.rangeClosed(0, 5)
                .mapToObj(
                    i ->
                        new LearningCurve.Point(
                            i * 1000,
                            OptionalDouble.of(number),
                            number,
                            number,
                            OptionalDouble.of(number),
                            OptionalDouble.of(number),
                            distance))
                .toList());
    LinearPath path =
        new LinearPath(
            IntStream.range(0, SampleArtifacts.POINTS)
                .mapToObj(i -> new LinearPath.Point(i / 10.0, number, number, number, number))
                .toList());
    TrialArtifacts artifacts =
        new SampleArtifacts() {
          @Override
          public Optional<LearningCurve> curve(TrialId trial) {
            return Optional.of(curve);
          }

          @Override
          public Optional<LinearPath> path(TrialId copy) {
            return Optional.of(path);
          }
        };
    ReportData everything = SampleCampaign.everything().finished();
    ReportData data =
        new ReportData(
            everything.campaign(), everything.replicates(), artifacts, "file", "command");
    JsonNode embedded = embedded(HtmlReport.render(data));
    assertFalse(Pattern.compile("NaN|Infinity").matcher(embedded.toString()).find());
    assertEquals(6, embedded.get("iterations").size());
  }

  @Test
  void showsWhatAnUnfinishedCampaignHas() throws IOException {
    String html = HtmlReport.render(new SampleCampaign(2, 8, new ControlsSpec(1, 0)).partial(3));
    assertTrue(html.contains("Partial report"));
    assertTrue(html.contains("loss is NaN at iteration 1,234 &lt;b&gt;"));
    assertEquals(4, embedded(html).get("rounds").size());
  }

  @Test
  void rendersBeforeTheFirstResult() throws IOException {
    ReportData partial = new SampleCampaign(2, 8, new ControlsSpec(1, 0)).partial(0);
    ReportData empty =
        new ReportData(partial.campaign(), List.of(), TrialArtifacts.NONE, "file", "command");
    String html = HtmlReport.render(empty);
    assertEquals(0, embedded(html).get("rounds").size());
    assertTrue(html.contains("Nothing to compare"));
  }

  @Test
  void theSameDataGivesTheSameText() {
    assertEquals(HtmlReport.render(finished), HtmlReport.render(finished));
  }

  @Test
  void closesEveryElement() {
    String html = HtmlReport.render(finished);
    for (String tag : List.of("table", "tr", "details", "figure", "section", "script", "pre")) {
      long opened = count(html, "<" + tag + "[ >]");
      assertTrue(opened > 0, tag);
      assertEquals(opened, count(html, "</" + tag + ">"), tag);
    }
  }

  /** Leaves reports in {@code target/reports} to look at in a browser. */
  @Test
  void staysSmallForAFullSizeCampaign() throws IOException {
    String deep = HtmlReport.render(new SampleCampaign(5, 20, new ControlsSpec(3, 0)).finished());
    assertTrue(deep.length() < 1_000_000, () -> deep.length() + " characters");
    ReportData partial = new SampleCampaign(2, 8, new ControlsSpec(1, 0)).partial(3);
    Files.createDirectories(WRITTEN);
    Files.writeString(WRITTEN.resolve("deep.html"), deep);
    Files.writeString(
        WRITTEN.resolve("everything.html"),
        HtmlReport.render(SampleCampaign.everything().finished()));
    Files.writeString(WRITTEN.resolve("finished.html"), HtmlReport.render(finished));
    Files.writeString(WRITTEN.resolve("partial.html"), HtmlReport.render(partial));
    Files.writeString(
        WRITTEN.resolve("empty.html"),
        HtmlReport.render(
            new ReportData(partial.campaign(), List.of(), TrialArtifacts.NONE, "file", "command")));
  }

  private static long count(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().count();
  }

  private static JsonNode embedded(String html) throws IOException {
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"report-data\">(.*?)</script>")
            .matcher(html);
    assertTrue(data.find());
    return Json.MAPPER.readTree(data.group(1));
  }
}
