package io.tombola.deploy.report;

import io.tombola.protocol.record.RoundRecord;
import java.util.List;
import java.util.Optional;

/**
 * The optional measurements of a campaign, beyond accuracy and early stop.
 *
 * @param overlaps by round
 */
record Analysis(
    StabilityPaths stability, List<MaskAgreement> overlaps, Optional<EarlyBird> earlyBird) {

  static Analysis of(ReportData data) {
    List<RoundRecord> records =
        data.records().stream().filter(r -> r.status() == RoundRecord.Status.OK).toList();
    return new Analysis(
        StabilityPaths.of(records, data.artifacts()),
        MaskAgreement.of(data.replicates(), data.artifacts()),
        EarlyBird.of(records, data.artifacts()));
  }
}
