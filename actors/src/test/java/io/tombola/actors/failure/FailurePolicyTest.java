package io.tombola.actors.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tombola.protocol.trial.TrialFailure.Kind;
import io.tombola.storage.NoSpaceException;
import io.tombola.training.engine.DivergedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FailurePolicyTest {

  @Test
  void neverRetriesADivergence() {
    assertInstanceOf(Remedy.EndTrial.class, FailurePolicy.remedy(Kind.DIVERGED, 0));
  }

  @Test
  void retriesALostDeviceWithGrowingPausesThatRestTheDevice() {
    assertEquals(
        new Remedy.Retry(Duration.ofSeconds(1), true), FailurePolicy.remedy(Kind.DEVICE_LOST, 0));
    assertEquals(
        new Remedy.Retry(Duration.ofSeconds(4), true), FailurePolicy.remedy(Kind.DEVICE_LOST, 2));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void retriesNothingForEver(Kind kind) {
    Remedy late = FailurePolicy.remedy(kind, 50);
    assertEquals(false, late instanceof Remedy.Retry, () -> kind + " gets " + late);
  }

  @Test
  void aFullDiskPausesTheWholeCampaign() {
    assertInstanceOf(Remedy.PauseCampaign.class, FailurePolicy.remedy(Kind.NO_SPACE, 0));
  }

  @Test
  void findsTheTellingCauseUnderWrappers() {
    Throwable wrapped =
        new CompletionException(new RuntimeException(new DivergedException(7, "x")));
    assertEquals(Kind.DIVERGED, FailureReport.of(wrapped).kind());
    assertEquals(Optional.of(7), FailureReport.of(wrapped).iteration());
    Throwable placed = new DivergedException(7, "x", Optional.of("output"));
    assertEquals(Optional.of("output"), FailureReport.of(placed).layer());
    assertEquals(Kind.OUT_OF_MEMORY, FailureReport.of(new OutOfMemoryError("heap")).kind());
    assertEquals(Kind.BUG, FailureReport.of(new IllegalStateException("oops")).kind());
    assertEquals(
        Kind.NO_SPACE,
        FailureReport.of(new NoSpaceException("journal", new IOException("disk full"))).kind());
  }
}
