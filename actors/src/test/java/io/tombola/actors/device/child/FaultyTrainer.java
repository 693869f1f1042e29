package io.tombola.actors.device.child;

import io.tombola.actors.device.Trainer;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.trial.CheckpointRef;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/** A trainer's process with one defect. */
final class FaultyTrainer {

  /** What it does wrong. */
  enum Defect {
    /** Nothing: reports a checkpoint at once when it should train, stops when it should stop. */
    NONE,
    /** Prints without end. */
    ENDLESS_OUTPUT,
    /** Sends a message that cannot be decoded. */
    INVALID_MESSAGE,
    /** Never reports that it has stopped. */
    IGNORES_STOP,
    /** Never reports that it is ready. */
    NEVER_READY,
    /** Writes a part of its report, prints {@code half} on standard error, and hangs. */
    HALF_MESSAGE,
    /** Exits when it should train. */
    EXITS
  }

  static final CheckpointRef CHECKPOINT = new CheckpointRef(100, new ArtifactRef("a".repeat(64)));

  private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
  private static final FrameWriter<TrainerResponse> RESPONSES =
      new FrameWriter<>(OUT, TrainerResponse.class);

  private FaultyTrainer() {}

  public static void main(String[] args) throws IOException {
    Defect defect = Defect.valueOf(args[0]);
    if (defect != Defect.NEVER_READY) {
      RESPONSES.write(new TrainerResponse.Ready());
    }
    FrameReader<TrainerRequest> requests =
        new FrameReader<>(System.in, TrainerRequest.class, text -> {});
    Optional<TrainerRequest.Train> current = Optional.empty();
    for (Optional<TrainerRequest> next = requests.read();
        next.isPresent();
        next = requests.read()) {
      if (next.get() instanceof TrainerRequest.Train train) {
        current = Optional.of(train);
        train(defect, train);
      } else if (next.get() instanceof TrainerRequest.Stop && defect != Defect.IGNORES_STOP) {
        report(
            current.orElseThrow(),
            new Trainer.Stopped(current.get().job().trial(), CHECKPOINT, 12));
      } else if (next.get() instanceof TrainerRequest.Probe) {
        RESPONSES.write(new TrainerResponse.Probed(new Trainer.Fit("cpu:0")));
      }
    }
  }

  private static void train(Defect defect, TrainerRequest.Train train) throws IOException {
    Trainer.Report reached = new Trainer.CheckpointReached(train.job().trial(), CHECKPOINT, 12);
    switch (defect) {
      case ENDLESS_OUTPUT -> {
        while (true) {
          OUT.write(new byte[] {'l', 'a'});
        }
      }
      case INVALID_MESSAGE -> {
        OUT.write(FrameCodec.marker());
        OUT.write(new byte[] {0, 0, 0, 2, 1, 2});
      }
      case HALF_MESSAGE -> {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        new FrameWriter<>(whole, TrainerResponse.class)
            .write(new TrainerResponse.Reported(train.epoch(), reached));
        OUT.write(Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
        System.err.println("half");
      }
      case EXITS -> {
        System.err.println("no memory left");
        System.exit(3);
      }
      case NONE, IGNORES_STOP, NEVER_READY -> report(train, reached);
    }
  }

  private static void report(TrainerRequest.Train train, Trainer.Report report) throws IOException {
    RESPONSES.write(new TrainerResponse.Reported(train.epoch(), report));
  }
}
