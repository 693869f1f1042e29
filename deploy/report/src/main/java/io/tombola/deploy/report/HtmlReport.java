package io.tombola.deploy.report;

import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report: one HTML file with everything in it, for a browser without a network. */
public final class HtmlReport {

  /** Figures that every report has. */
  private static final int FIGURES = 6;

  private HtmlReport() {}

  /** The whole file, to be written as UTF-8. The same data gives the same text. */
  public static String render(ReportData data) {
    CampaignSpec spec = data.campaign().spec().orElseThrow();
    Findings findings = data.findings();
    MeanCurves curves = MeanCurves.of(findings.records(), data.artifacts());
    FigureTables figures = new FigureTables(findings, curves);
    LayerDensities layers = LayerDensities.of(data.replicates());
    Analysis analysis = Analysis.of(data);
    ResultTables results = new ResultTables(data);
    ProvenanceTables origin = new ProvenanceTables(data);
    return Template.fill(
        "report.html",
        Map.ofEntries(
            Map.entry("name", Html.escape(spec.name())),
            Map.entry("subtitle", Html.escape(subtitle(spec, data.campaign()))),
            Map.entry("finding", finding(data.campaign(), findings.sentences())),
            Map.entry("claims", new ClaimsHtml(data.claims()).html()),
            Map.entry("accuracy-table", figures.earlyStopAccuracy()),
            Map.entry("iteration-table", figures.earlyStopIteration()),
            Map.entry("final-table", figures.finalAccuracy()),
            Map.entry("curve-accuracy-table", figures.curveAccuracy()),
            Map.entry("curve-loss-table", figures.curveLoss()),
            Map.entry("analysis", new AnalysisHtml(analysis, FIGURES).html()),
            Map.entry("failures", results.failures()),
            Map.entry("layers", results.layers()),
            Map.entry("results", results.trials()),
            Map.entry("command", Html.escape(data.command())),
            Map.entry("seed", String.valueOf(spec.seed())),
            Map.entry("campaign-file", Html.escape(data.campaignFile())),
            Map.entry("provenance", origin.provenance()),
            Map.entry("artifacts", origin.artifacts()),
            Map.entry("data", Html.json(ChartData.of(findings, curves, layers, analysis))),
            Map.entry("curves-js", Assets.own("curves.js")),
            Map.entry("analysis-js", Assets.own("analysis.js")),
            Map.entry("js", Assets.own("report.js"))));
  }

  private static String subtitle(CampaignSpec spec, CampaignState campaign) {
    String recipe =
        "%s on %s, %s iterations of %d examples, %s, %s, seed %d."
            .formatted(
                spec.network(),
                spec.dataset().name(),
                NumberText.whole(spec.training().iterations()),
                spec.training().batchSize(),
                NumberText.count(spec.pruning().rounds(), "round"),
                NumberText.count(spec.replicates(), "replicate"),
                spec.seed());
    String started = campaign.startedAt().map(at -> " Started " + time(at)).orElse("");
    String finished =
        campaign.finishedAt().map(at -> ", finished " + time(at) + ".").orElse(", not finished.");
    return started.isEmpty() ? recipe : recipe + started + finished;
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private static String finding(CampaignState campaign, List<String> sentences) {
    String banner =
        campaign.finishedAt().isPresent()
            ? ""
            : Html.paragraph("banner", "Partial report: the campaign has not finished.");
    return banner
        + Html.paragraph("lead", Html.unbroken(sentences.get(0)))
        + sentences.stream()
            .skip(1)
            .map(sentence -> Html.paragraph("", Html.unbroken(sentence)))
            .collect(Collectors.joining());
  }
}
