package io.tombola.deploy.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tombola.protocol.json.Json;
import java.util.List;

/** The numbers of the report's figures, for the dashboard. Stateless. */
public final class Figures {

  private record Body(String campaign, List<String> finding, @JsonUnwrapped ChartData chart) {}

  private Figures() {}

  /**
   * One JSON object: the finding in words, and what each figure draws, as the report holds it.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if a learning curve, a path or a
   *     mask is damaged
   */
  public static byte[] json(ReportData data) {
    Findings findings = data.findings();
    ChartData chart =
        ChartData.of(
            findings,
            MeanCurves.of(findings.records(), data.artifacts()),
            LayerDensities.of(data.replicates()),
            Analysis.of(data));
    Body body =
        new Body(
            data.campaign().spec().orElseThrow().name(),
            findings.records().isEmpty() ? List.of() : findings.sentences(),
            chart);
    return Json.bytes(body);
  }
}
