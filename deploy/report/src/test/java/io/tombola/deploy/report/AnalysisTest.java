package io.tombola.deploy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.mask.Mask;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTest {

  private static final String HEADING = "<h2 id=\"analysis\">";

  private final ReportData data = SampleCampaign.everything().finished();
  private final Analysis analysis = Analysis.of(data);

  @Test
  void barriersSpreadOverReplicatesAndCopies() {
    List<StabilityPaths.Barrier> barriers = analysis.stability().barriers();
    assertEquals(
        List.of(0, 2, 5, 8), barriers.stream().map(StabilityPaths.Barrier::round).toList());
    SummaryStats dense = barriers.get(0).points();
    assertEquals(6, dense.n());
    assertEquals(3.2, dense.min(), 1e-9);
    assertEquals(3.3, dense.mean(), 1e-9);
    assertEquals(3.4, dense.max(), 1e-9);
    assertEquals(100, barriers.get(0).remainingPercent());
  }

  @Test
  void pathsAreMeansOfTestErrors() {
    StabilityPaths.Path dense = analysis.stability().paths().get(0);
    assertEquals(6, dense.n());
    assertEquals(0.5, dense.alphas().get(5));
    assertEquals(12 + 3.3, dense.testErrorPercent().mean().get(5).orElseThrow(), 1e-4);
    assertEquals(12, dense.testErrorPercent().max().get(10).orElseThrow(), 1e-4);
  }

  @Test
  void aPathOnAnotherGridIsLeftOut() {
    TrialArtifacts shorterInReplicate2 =
        new SampleArtifacts() {
          @Override
          public Optional<LinearPath> path(TrialId copy) {
            LinearPath path = samplePath(copy);
            return Optional.of(
                copy.replicate() == 2 ? new LinearPath(path.points().subList(0, 2)) : path);
          }
        };
    StabilityPaths paths = StabilityPaths.of(data.records(), shorterInReplicate2);
    assertEquals(4, paths.paths().get(0).n());
    assertEquals(6, paths.barriers().get(0).points().n());
  }

  @Test
  void theMaskSettlesWithTheFirstOfFiveEvaluationsBelowATenth() {
    EarlyBird bird = analysis.earlyBird().orElseThrow();
    // 0.35 exp(-i / 350) is below 0.1 from 439 on, but the evaluation at 700 is not.
    assertEquals(3, bird.settled().size());
    assertEquals(new EarlyBird.Settled(1, OptionalInt.of(800)), bird.settled().get(0));
    assertEquals(100, bird.iterations().get(0));
    assertEquals(11, bird.distance().mean().get(6).orElseThrow(), 1e-9);
  }

  @Test
  void fourEvaluationsAreNotEnough() {
    TrialArtifacts few =
        trial ->
            Optional.of(
                new LearningCurve(
                    SampleArtifacts.withMaskDistances(SampleCampaign.curve(trial))
                        .points()
                        .subList(0, 12)));
    EarlyBird bird = EarlyBird.of(data.records(), few).orElseThrow();
    // From 800 to 1100.
    assertTrue(bird.settled().get(0).iteration().isEmpty());
  }

  @Test
  void masksOverlapBetweenReplicatesAndWithOneShot() {
    List<MaskAgreement> overlaps = analysis.overlaps();
    assertEquals(8, overlaps.size());
    MaskAgreement first = overlaps.get(0);
    assertEquals(3, first.betweenReplicates().orElseThrow().n());
    assertEquals(3, first.oneShot().orElseThrow().n());
    assertTrue(first.oneShot().orElseThrow().max() < 100);
    assertTrue(first.betweenRounds().isEmpty(), "the dense mask has everything");
    assertEquals(3, overlaps.get(1).betweenRounds().orElseThrow().n());
    assertTrue(first.oneShot().orElseThrow().min() > first.oneShotChance().orElseThrow().max());
    assertTrue(first.betweenReplicates().orElseThrow().min() > first.chance().orElseThrow().max());
  }

  @Test
  void equalMasksHaveEverythingInCommon() {
    ArtifactRef one = data.replicates().get(0).masks().get(1).mask();
    TrialArtifacts same =
        new SampleArtifacts() {
          @Override
          public Optional<Mask> mask(ArtifactRef mask) {
            return Optional.of(sampleMask(one));
          }
        };
    MaskAgreement first = MaskAgreement.of(data.replicates(), same).get(0);
    assertEquals(100, first.betweenReplicates().orElseThrow().min());
    assertTrue(first.chance().orElseThrow().max() < 100);
  }

  @Test
  void aCampaignWithoutMeasurementsHasNoSuchSection() {
    ReportData plain = new SampleCampaign(2, 3, new ControlsSpec(1, 0)).finished();
    assertEquals("", new AnalysisHtml(Analysis.of(plain), 6).html());
    assertFalse(HtmlReport.render(plain).contains(HEADING));
    assertTrue(HtmlReport.render(data).contains(HEADING));
  }

  @Test
  void eachMeasurementIsAFigureWithItsNumbers() {
    String html = HtmlReport.render(data);
    for (String id : List.of("barrier", "path", "overlap", "early-bird", "densities")) {
      assertTrue(html.contains("<figure id=\"fig-" + id + "\">"), id);
    }
    assertTrue(html.contains("<b>Figure 10.</b>"));
    assertTrue(
        html.contains(
            "It stays below 10 % for 5 evaluations in a row in 3 of 3 replicates: from iteration"
                + " 800 on."));
  }

  @Test
  void layerDensitiesSpreadOverReplicates() {
    LayerDensities densities = LayerDensities.of(data.replicates());
    assertEquals(9, densities.rounds());
    LayerDensities.Layer output = densities.layers().get(2);
    assertEquals("output", output.name());
    assertEquals(new SummaryStats(3, 90, 90, 90), output.remainingPercent().get(1));
  }

  @Test
  void hugeCurvesAreThinned() {
    TrialArtifacts huge = trial -> Optional.of(longCurve(trial));
    MeanCurves curves = MeanCurves.of(data.records(), huge);
    assertEquals(0, curves.iterations().get(0));
    assertEquals(50_000, curves.iterations().get(curves.iterations().size() - 1));
    assertEquals(168, curves.iterations().size());
    MeanCurve first = curves.curves().get(0);
    assertEquals(168, first.validationLossNats().mean().size());
    assertTrue(first.validationLossNats().mean().stream().allMatch(Optional::isPresent));
  }

  @Test
  void theTestSetsCurvesLeaveOutWhatOneTrainingMeasured() {
    OptionalDouble none = OptionalDouble.empty();
    TrialArtifacts coarse =
        trial ->
            Optional.of(
                new LearningCurve(
                    IntStream.rangeClosed(0, 12)
                        .mapToObj(
                            i -> {
                              boolean minimum = i == trial.replicate();
                              OptionalDouble test =
                                  i % 5 == 0 || minimum ? OptionalDouble.of(i) : none;
                              return new LearningCurve.Point(
                                  100 * i, none, 1, 90, test, test, none);
                            })
                        .toList()));
    MeanCurves curves = MeanCurves.of(data.records(), coarse);
    assertEquals(13, curves.iterations().size());
    assertEquals(List.of(0, 500, 1000), curves.testIterations());
    MeanCurve first = curves.curves().get(0);
    assertEquals(
        List.of(Optional.of(0.0), Optional.of(5.0), Optional.of(10.0)),
        first.testAccuracyPercent().mean());
    assertEquals(13, first.validationLossNats().mean().size());
  }

  private static LearningCurve longCurve(TrialId trial) {
    return new LearningCurve(
        IntStream.rangeClosed(0, 500)
            .mapToObj(
                i ->
                    new LearningCurve.Point(
                        100 * i,
                        OptionalDouble.empty(),
                        1.0 / (i + 1),
                        90,
                        1.0 / (i + trial.round() + 1),
                        90))
            .toList());
  }
}
