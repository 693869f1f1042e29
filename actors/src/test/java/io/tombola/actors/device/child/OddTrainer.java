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

/** A trainer's process that does one thing otherwise than it should. */
final class OddTrainer {

  /** What it does. */
  enum Oddity {
    /** Nothing odd: checkpoints at once when it is to train, stops when it is to stop. */
    NONE,
    /** Prints without end. */
    PRINTS,
    /** Sends a message of a type that is none. */
    BABBLES,
    /** Does not answer that it has stopped. */
    DEAF,
    /** Never says that it is ready. */
    SLOW,
    /** Writes a part of its report, says {@code half} on standard error, and hangs. */
    STUTTERS,
    /** Ends by itself while it should train. */
    QUITS
  }

  static final CheckpointRef CHECKPOINT = new CheckpointRef(100, new ArtifactRef("a".repeat(64)));

  private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
  private static final FrameWriter<TrainerResponse> ANSWERS =
      new FrameWriter<>(OUT, TrainerResponse.class);

  private OddTrainer() {}

  public static void main(String[] args) throws IOException {
    Oddity oddity = Oddity.valueOf(args[0]);
    if (oddity != Oddity.SLOW) {
      ANSWERS.write(new TrainerResponse.Ready());
    }
    FrameReader<TrainerRequest> orders =
        new FrameReader<>(System.in, TrainerRequest.class, text -> {});
    Optional<TrainerRequest.Train> at = Optional.empty();
    for (Optional<TrainerRequest> next = orders.read(); next.isPresent(); next = orders.read()) {
      if (next.get() instanceof TrainerRequest.Train train) {
        at = Optional.of(train);
        train(oddity, train);
      } else if (next.get() instanceof TrainerRequest.Stop && oddity != Oddity.DEAF) {
        report(at.orElseThrow(), new Trainer.Stopped(at.get().job().trial(), CHECKPOINT, 12));
      } else if (next.get() instanceof TrainerRequest.Probe) {
        ANSWERS.write(new TrainerResponse.Probed(new Trainer.Fit("cpu:0")));
      }
    }
  }

  private static void train(Oddity oddity, TrainerRequest.Train train) throws IOException {
    Trainer.Report reached = new Trainer.CheckpointReached(train.job().trial(), CHECKPOINT, 12);
    switch (oddity) {
      case PRINTS -> {
        while (true) {
          OUT.write(new byte[] {'l', 'a'});
        }
      }
      case BABBLES -> {
        OUT.write(FrameCodec.marker());
        OUT.write(new byte[] {0, 0, 0, 2, 1, 2});
      }
      case STUTTERS -> {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        new FrameWriter<>(whole, TrainerResponse.class)
            .write(new TrainerResponse.Reported(train.epoch(), reached));
        OUT.write(Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
        System.err.println("half");
      }
      case QUITS -> {
        System.err.println("no memory left");
        System.exit(3);
      }
      case NONE, DEAF, SLOW -> report(train, reached);
    }
  }

  private static void report(TrainerRequest.Train train, Trainer.Report report) throws IOException {
    ANSWERS.write(new TrainerResponse.Reported(train.epoch(), report));
  }
}
