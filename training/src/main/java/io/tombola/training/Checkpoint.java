package io.tombola.training;

import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.training.codec.BinaryReader;
import io.tombola.training.codec.BinaryWriter;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A position from which a training resumes with the same bytes. The trial is part of it, so that
 * equal positions of different campaigns are different artifacts.
 *
 * @param position parameters, optimizer state and iteration
 * @param trainLossSum losses of the batches since the last point of the curve
 * @param curve what was measured so far
 * @param drawnMask the mask that pruning would have given at the curve's last point, where its
 *     distance to the next is part of the curve
 */
public record Checkpoint(
    TrialId trial,
    TrainingPosition position,
    double trainLossSum,
    LearningCurve curve,
    Optional<Mask> drawnMask) {

  private static final String MAGIC = "TBCP";
  private static final int VERSION = 3;
  private static final int OF_ALL_VALUES = 2;
  private static final byte[] NONE = {};

  /** Optimizer steps done. */
  public int iteration() {
    return position.iteration();
  }

  /**
   * The bytes of the artifact; equal checkpoints give equal bytes. Pruned weights take a bit each,
   * so that a checkpoint gets smaller, and quicker to store, with the network.
   */
  public byte[] encode() {
    OptimizerState optimizer = position.optimizer();
    List<float[]> moments = optimizer.moments();
    BinaryWriter out =
        new BinaryWriter(MAGIC, VERSION)
            .writeText(trial.campaign())
            .writeInt(trial.replicate())
            .writeInt(trial.round())
            .writeText(trial.arm().toString())
            .writeInt(position.iteration())
            .writeText(position.weights().network().name())
            .writeSparseFloats(position.weights().toArray())
            .writeInt(optimizer.steps())
            .writeInt(moments.size());
    moments.forEach(out::writeSparseFloats);
    return out.writeDouble(trainLossSum)
        .writeBytes(curve.encode())
        .writeBytes(drawnMask.map(Mask::encode).orElse(NONE))
        .finish();
  }

  /**
   * Reads what {@link #encode} wrote, in this version or since 0.2.0.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  public static Checkpoint decode(byte[] bytes) {
    BinaryReader in = new BinaryReader("checkpoint", bytes, MAGIC, OF_ALL_VALUES, VERSION);
    boolean sparse = in.version() > OF_ALL_VALUES;
    TrialId trial =
        new TrialId(in.readText(), in.readInt(), in.readInt(), Arm.parse(in.readText()));
    int iteration = in.readInt();
    Weights weights =
        sparse
            ? Weights.of(Networks.parse(in.readText()), in.readSparseFloats())
            : Weights.decode(in.readBytes());
    int steps = in.readInt();
    List<float[]> moments = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      moments.add(sparse ? in.readSparseFloats() : in.readFloats());
    }
    TrainingPosition position =
        new TrainingPosition(iteration, weights, new OptimizerState(steps, moments));
    double trainLossSum = in.readDouble();
    LearningCurve curve = LearningCurve.decode(in.readBytes());
    byte[] mask = in.readBytes();
    in.finish();
    return new Checkpoint(
        trial,
        position,
        trainLossSum,
        curve,
        mask.length == 0 ? Optional.empty() : Optional.of(Mask.decode(mask)));
  }
}
