package io.tombola.deploy.report;

import io.tombola.deploy.config.ResolvedConfig;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a campaign from the store and writes its report. */
public record ReportFile(StoreLayout store, CampaignView view) {

  /** Everything that the report shows. */
  public ReportData data() {
    CampaignSpec spec = view.campaign().spec().orElseThrow();
    return new ReportData(
        view.campaign(),
        view.replicates(),
        new StoredArtifacts(new ArtifactStore(store), view.replicates()),
        ResolvedConfig.render(spec),
        "tombola run " + spec.name() + ".conf");
  }

  /**
   * Writes the report as one HTML file.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if an artifact is damaged
   * @throws io.tombola.storage.NoSpaceException if the disk is full
   */
  public void write(Path file) {
    DurableFiles.write(file, HtmlReport.render(data()).getBytes(StandardCharsets.UTF_8));
  }
}
