package io.tombola.training;

import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.training.codec.BinaryReader;
import io.tombola.training.codec.BinaryWriter;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.network.Weights;

/**
 * A position in a training that it can go on from with the same bytes. The trial is part of it, so
 * that equal positions of different campaigns are different artifacts.
 *
 * @param position parameters, optimizer state and iteration
 * @param trainLossSum losses of the batches since the last point of the curve
 * @param curve what was measured so far
 */
public record Checkpoint(
    TrialId trial, TrainingPosition position, double trainLossSum, LearningCurve curve) {

  private static final String MAGIC = "TBCP";
  private static final int VERSION = 1;

  /** Optimizer steps done. */
  public int iteration() {
    return position.iteration();
  }

  /** The bytes of the artifact; equal checkpoints give equal bytes. */
  public byte[] encode() {
    return new BinaryWriter(MAGIC, VERSION)
        .writeText(trial.campaign())
        .writeInt(trial.replicate())
        .writeInt(trial.round())
        .writeText(trial.arm().toString())
        .writeInt(position.iteration())
        .writeBytes(position.weights().encode())
        .writeFloats(position.firstMoments())
        .writeFloats(position.secondMoments())
        .writeDouble(trainLossSum)
        .writeBytes(curve.encode())
        .finish();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  public static Checkpoint decode(byte[] bytes) {
    BinaryReader in = new BinaryReader("checkpoint", bytes, MAGIC, VERSION);
    TrialId trial =
        new TrialId(in.readText(), in.readInt(), in.readInt(), Arm.parse(in.readText()));
    int iteration = in.readInt();
    Weights weights = Weights.decode(in.readBytes());
    TrainingPosition position =
        new TrainingPosition(iteration, weights, in.readFloats(), in.readFloats());
    Checkpoint checkpoint =
        new Checkpoint(trial, position, in.readDouble(), LearningCurve.decode(in.readBytes()));
    in.finish();
    return checkpoint;
  }
}
