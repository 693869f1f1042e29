package io.tombola.training.engine;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Stage;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which engine computes a trial: a function of the campaign's choice, the network and the density,
 * and of nothing else. A trial's choice is made once and recorded, so that a later rule changes no
 * trial that was prepared under an earlier one.
 *
 * @param sparseUpTo the highest density, of all prunable weights, at which {@code auto} trains on
 *     the surviving weights only; 0: it never does
 */
public record EngineRule(double sparseUpTo) {

  /**
   * The rule of this version. A prototype of the sparse engine overtook dense products at densities
   * of 56 to 73 % on LeNet-300-100.
   */
  public static final EngineRule STANDARD = new EngineRule(0.6);

  /** The engine of a trial. */
  public EngineName choose(EngineChoice choice, Network network, Mask mask) {
    return switch (choice) {
      case DL4J -> EngineName.DL4J;
      case SPARSE -> EngineName.SPARSE;
      case AUTO ->
          candidates(choice, network).contains(EngineName.SPARSE) && light(mask.density())
              ? EngineName.SPARSE
              : EngineName.DL4J;
    };
  }

  private boolean light(MaskDensity density) {
    return density.remaining() <= sparseUpTo * density.total();
  }

  /** The engines that trials of a network can come to. */
  public Set<EngineName> candidates(EngineChoice choice, Network network) {
    return switch (choice) {
      case DL4J -> EnumSet.of(EngineName.DL4J);
      case SPARSE -> EnumSet.of(EngineName.SPARSE);
      case AUTO ->
          sparseUpTo > 0 && supportsSparse(network)
              ? EnumSet.of(EngineName.DL4J, EngineName.SPARSE)
              : EnumSet.of(EngineName.DL4J);
    };
  }

  /**
   * Checks that a campaign's choice can train its network.
   *
   * @throws InvalidSpecException if it cannot
   */
  public static void check(EngineChoice choice, Network network) {
    if (choice == EngineChoice.SPARSE && !supportsSparse(network)) {
      throw new InvalidSpecException(
          "training.engine",
          "auto or dl4j, since the sparse engine trains networks without batch-norm only",
          choice);
    }
  }

  /** Whether the sparse engine can train a network. */
  public static boolean supportsSparse(Network network) {
    return network.stages().stream().noneMatch(stage -> stage instanceof Stage.BatchNorm);
  }
}
