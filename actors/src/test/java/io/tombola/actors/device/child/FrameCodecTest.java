package io.tombola.actors.device.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.TestCampaigns;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialStart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FrameCodecTest {

  private static final TrialId TRIAL = new TrialId("wire", 1, 3, Arm.reinit(2));
  private static final ArtifactRef REF = new ArtifactRef("0".repeat(64));
  private static final CheckpointRef CHECKPOINT = new CheckpointRef(500, REF);

  private final List<String> stray = new ArrayList<>();

  @Test
  void everyRequestArrives() throws Exception {
    TrainJob job =
        new TrainJob(
            TRIAL,
            TestCampaigns.small("wire", 3),
            new TrialStart(REF, REF, 20, Optional.of(REF)),
            EngineName.SPARSE,
            Optional.of(CHECKPOINT),
            Optional.of(REF));
    arrive(
        TrainerRequest.class,
        new TrainerRequest.Train(4, job),
        new TrainerRequest.CheckpointPersisted(4, CHECKPOINT),
        new TrainerRequest.Stop(4),
        new TrainerRequest.Probe());
  }

  @Test
  void everyResponseArrives() throws Exception {
    TrainedTrial trained = new TrainedTrial(1000, REF, REF, "cpu:1", 1234, Optional.of(REF));
    TrainedTrial withoutPath = new TrainedTrial(1000, REF, REF, "cpu:1", 1234);
    TrialFailure failure = new TrialFailure(TrialFailure.Kind.DIVERGED, "NaN");
    TrialFailure located =
        new TrialFailure(TrialFailure.Kind.DIVERGED, "NaN", Optional.of(12), Optional.of("output"));
    arrive(
        TrainerResponse.class,
        new TrainerResponse.Ready(),
        new TrainerResponse.Reported(1, new Trainer.CheckpointReached(TRIAL, CHECKPOINT, 12)),
        new TrainerResponse.Reported(2, new Trainer.RewindPointReached(TRIAL, CHECKPOINT)),
        new TrainerResponse.Reported(
            3, new Trainer.CheckpointUnusable(TRIAL, CHECKPOINT, "truncated")),
        new TrainerResponse.Reported(4, new Trainer.Trained(TRIAL, trained, 12)),
        new TrainerResponse.Reported(5, new Trainer.Stopped(TRIAL, CHECKPOINT, 12)),
        new TrainerResponse.Reported(6, new Trainer.Failed(TRIAL, failure)),
        new TrainerResponse.Reported(7, new Trainer.Trained(TRIAL, withoutPath, 12)),
        new TrainerResponse.Reported(8, new Trainer.Failed(TRIAL, located)),
        new TrainerResponse.Probed(new Trainer.Fit("cpu:0")),
        new TrainerResponse.Probed(new Trainer.Unfit("cpu:0", failure)),
        new TrainerResponse.ProgressReported(new Progress.TrainingBegan(TRIAL, "cpu:0", 0, 100)),
        new TrainerResponse.ProgressReported(
            new Progress.TrainingAdvanced(TRIAL, "cpu:0", 20, 100, Double.NaN, 1.0 / 3)),
        new TrainerResponse.ProgressReported(new Progress.TrainingLeft(TRIAL, "cpu:0")));
  }

  @Test
  void outputBetweenMessagesIsSkipped() throws Exception {
    byte[] stop = frame(new TrainerRequest.Stop(1));
    byte[] noise = "OpenBLAS: a word\n\nand Ł another".getBytes(StandardCharsets.UTF_8);
    FrameReader<TrainerRequest> reader = reader(noise, stop, noise, stop, noise);
    assertEquals(Optional.of(new TrainerRequest.Stop(1)), reader.read());
    assertEquals(Optional.of(new TrainerRequest.Stop(1)), reader.read());
    assertEquals(Optional.empty(), reader.read());
    List<String> lines = List.of("OpenBLAS: a word", "and Ł another");
    assertEquals(List.of(lines, lines, lines).stream().flatMap(List::stream).toList(), stray);
  }

  @Test
  void anIncompleteMarkerIsSkipped() throws Exception {
    byte[] incomplete = Arrays.copyOf(FrameCodec.marker(), 2);
    FrameReader<TrainerRequest> reader =
        reader(incomplete, incomplete, frame(new TrainerRequest.Stop(7)));
    assertEquals(Optional.of(new TrainerRequest.Stop(7)), reader.read());
  }

  @Test
  void aTruncatedMessageIsNotRead() throws Exception {
    byte[] whole = frame(new TrainerRequest.Stop(1));
    for (int length = FrameCodec.marker().length; length < whole.length; length++) {
      FrameReader<TrainerRequest> reader = reader(Arrays.copyOf(whole, length));
      assertThrows(EOFException.class, reader::read, "cut at " + length);
    }
  }

  @Test
  void onlyListedTypesAreRead() throws Exception {
    byte[] response = frame(TrainerResponse.class, new TrainerResponse.Ready());
    assertTrue(
        assertThrows(IOException.class, reader(response)::read).getMessage().contains("ready"));
  }

  @Test
  void anImpossibleLengthIsRejectedBeforeItIsRead() {
    byte[] endless = {0x7F, 0, 0, 0};
    IOException rejection =
        assertThrows(IOException.class, reader(FrameCodec.marker(), endless)::read);
    assertEquals(
        "expected a message of 1 to 1048576 bytes, found one of 2130706432",
        rejection.getMessage());
  }

  @Test
  void endlessOutputIsRejected() {
    IOException rejection = assertThrows(IOException.class, reader(new byte[100_000])::read);
    assertTrue(rejection.getMessage().startsWith("expected messages, found"));
  }

  @SafeVarargs
  private <T> void arrive(Class<T> type, T... messages) throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    FrameWriter<T> writer = new FrameWriter<>(wire, type);
    for (T message : messages) {
      writer.write(message);
    }
    FrameReader<T> reader =
        new FrameReader<>(new ByteArrayInputStream(wire.toByteArray()), type, stray::add);
    for (T message : messages) {
      assertEquals(Optional.of(message), reader.read());
    }
    assertEquals(Optional.empty(), reader.read());
    assertEquals(List.of(), stray);
  }

  private static byte[] frame(TrainerRequest request) throws IOException {
    return frame(TrainerRequest.class, request);
  }

  private static <T> byte[] frame(Class<T> type, T message) throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    new FrameWriter<>(wire, type).write(message);
    return wire.toByteArray();
  }

  private FrameReader<TrainerRequest> reader(byte[]... parts) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      wire.writeBytes(part);
    }
    return new FrameReader<>(
        new ByteArrayInputStream(wire.toByteArray()), TrainerRequest.class, stray::add);
  }
}
