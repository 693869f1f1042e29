package io.tombola.deploy.report;

import io.tombola.deploy.config.ResolvedConfig;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a campaign from the store and writes its report. */
public record ReportFile(StoreLayout store, CampaignView view) {

  /** Everything that the report shows. */
  public ReportData data() {
    CampaignSpec spec = view.campaign().spec().orElseThrow();
    return new ReportData(
        view.campaign(),
        view.replicates(),
        new Sources(curves(), paths(), masks()),
        ResolvedConfig.render(spec),
        "tombola run " + spec.name() + ".conf");
  }

  /**
   * Writes the report as one HTML file.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if a learning curve, a path or a
   *     mask is damaged
   * @throws io.tombola.storage.NoSpaceException if the disk is full
   */
  public void write(Path file) {
    DurableFiles.write(file, HtmlReport.render(data()).getBytes(StandardCharsets.UTF_8));
  }

  private CurveSource curves() {
    ArtifactStore artifacts = new ArtifactStore(store);
    return trial ->
        trained(trial)
            .map(state -> artifacts.get(state.trained().orElseThrow().curve()))
            .map(bytes -> points(LearningCurve.decode(bytes)));
  }

  private PathSource paths() {
    ArtifactStore artifacts = new ArtifactStore(store);
    return copy ->
        trained(copy)
            .flatMap(state -> state.trained().orElseThrow().path())
            .map(path -> LinearPath.decode(artifacts.get(path)));
  }

  private MaskSource masks() {
    ArtifactStore artifacts = new ArtifactStore(store);
    return mask -> Optional.of(Mask.decode(artifacts.get(mask)));
  }

  private Optional<TrialState> trained(TrialId trial) {
    return view.replicates().stream()
        .filter(replicate -> replicate.replicate() == trial.replicate())
        .flatMap((ReplicateState replicate) -> replicate.trial(trial.round(), trial.arm()).stream())
        .filter(state -> state.trained().isPresent())
        .findFirst();
  }

  private static List<CurvePoint> points(LearningCurve curve) {
    return curve.points().stream()
        .map(
            point ->
                new CurvePoint(
                    point.iteration(),
                    point.validationLossNats(),
                    point.validationAccuracyPercent(),
                    point.testLossNats(),
                    point.testAccuracyPercent(),
                    point.maskDistance()))
        .toList();
  }
}
