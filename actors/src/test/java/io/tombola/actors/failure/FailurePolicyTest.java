package io.tombola.actors.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialFailure.Kind;
import io.tombola.storage.NoSpaceException;
import io.tombola.training.engine.DivergedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailurePolicyTest {

  private static final FailurePolicy POLICY = FailurePolicy.DEFAULT;

  @Test
  void neverRetriesADivergenceUnlessAskedTo() {
    assertEquals(new FailureAction.EndTrial(), POLICY.actionFor(Kind.DIVERGED, 0, false));
    FailurePolicy once = new FailurePolicy(1, 0, 0, Duration.ofSeconds(2));
    assertEquals(
        new FailureAction.Retry(Duration.ofSeconds(2), true),
        once.actionFor(Kind.DIVERGED, 0, false));
    assertEquals(new FailureAction.EndTrial(), once.actionFor(Kind.DIVERGED, 1, false));
  }

  @Test
  void retriesALostDeviceWithBackoffAndQuarantine() {
    assertEquals(
        new FailureAction.Retry(Duration.ofSeconds(1), true),
        POLICY.actionFor(Kind.DEVICE_LOST, 0, false));
    assertEquals(
        new FailureAction.Retry(Duration.ofSeconds(4), true),
        POLICY.actionFor(Kind.DEVICE_LOST, 2, false));
  }

  @Test
  void noPauseIsLongerThanFiveMinutes() {
    FailurePolicy stubborn = new FailurePolicy(0, 1_000_000, 0, Duration.ofMinutes(2));
    for (int earlier : new int[] {2, 20, 63, 64, 999_999}) {
      assertEquals(
          new FailureAction.Retry(Duration.ofMinutes(5), true),
          stubborn.actionFor(Kind.OUT_OF_MEMORY, earlier, false));
    }
  }

  @ParameterizedTest
  @CsvSource({"DIVERGED,2", "OUT_OF_MEMORY,3", "DEVICE_LOST,3", "BUG,4"})
  void retriesAsOftenAsConfiguredAndNoMore(Kind kind, int limit) {
    FailurePolicy policy = new FailurePolicy(2, 3, 4, Duration.ofSeconds(1));
    for (int earlier = 0; earlier < limit; earlier++) {
      assertInstanceOf(FailureAction.Retry.class, policy.actionFor(kind, earlier, false));
    }
    assertFalse(policy.actionFor(kind, limit, false) instanceof FailureAction.Retry);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void boundsEveryRetry(Kind kind) {
    FailureAction late = POLICY.actionFor(kind, 50, false);
    assertFalse(late instanceof FailureAction.Retry, () -> kind + " gets " + late);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"OUT_OF_MEMORY", "DEVICE_LOST", "BUG"})
  void theLastFailureEndsAControlAloneAndAChainWithItsReplicate(Kind kind) {
    assertEquals(new FailureAction.EndTrial(), POLICY.actionFor(kind, 50, true));
    assertEquals(new FailureAction.AbandonReplicate(), POLICY.actionFor(kind, 50, false));
  }

  @Test
  void aFullDiskStopsTheWholeCampaign() {
    assertEquals(new FailureAction.StopCampaign(), POLICY.actionFor(Kind.NO_SPACE, 0, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Physical memory usage is too high: physicalBytes (3G) > maxPhysicalBytes (2G)",
        "Failed to allocate memory within limits: totalBytes (3G) > maxBytes (2G)",
        "Allocation failed: [CUDA error code 2]",
        "Failed to allocate [123] bytes",
        "Cannot allocate new FloatPointer(1000): totalBytes = 1M",
        "CUDA error: out of memory"
      })
  void recognisesNativeOutOfMemoryByItsMessage(String nativeMessage) {
    for (Throwable thrown :
        List.of(
            new OutOfMemoryError(nativeMessage),
            new RuntimeException(nativeMessage),
            new IllegalStateException("native call", new RuntimeException(nativeMessage)))) {
      TrialFailure failure = FailureClassifier.of(thrown);
      assertEquals(Kind.OUT_OF_MEMORY, failure.kind());
      assertTrue(failure.message().contains(nativeMessage), failure.message());
      assertTrue(failure.message().contains("devices.cpu-slots=1"), failure.message());
      assertTrue(failure.message().contains("TOMBOLA_JAVA_OPTS"), failure.message());
      assertEquals(1, failure.message().lines().count());
    }
  }

  @Test
  void findsTheKnownCauseUnderWrappers() {
    Throwable wrapped =
        new CompletionException(
            new RuntimeException(new DivergedException(7, "x", Optional.empty())));
    assertEquals(Kind.DIVERGED, FailureClassifier.of(wrapped).kind());
    assertEquals(Optional.of(7), FailureClassifier.of(wrapped).iteration());
    Throwable located = new DivergedException(7, "x", Optional.of("output"));
    assertEquals(Optional.of("output"), FailureClassifier.of(located).layer());
    assertEquals(Kind.OUT_OF_MEMORY, FailureClassifier.of(new OutOfMemoryError("heap")).kind());
    assertEquals(Kind.BUG, FailureClassifier.of(new IllegalStateException("oops")).kind());
    assertEquals(
        Kind.NO_SPACE,
        FailureClassifier.of(new NoSpaceException("journal", new IOException("disk full"))).kind());
  }
}
