package io.tombola.training.engine;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which engine computes a trial: a function of the campaign's choice, the network and the density,
 * and of nothing else. A trial's choice is made once and recorded, so that a later rule changes no
 * trial that was prepared under an earlier one.
 *
 * <p>A density is the part of an example's multiplications that surviving weights take. The sparse
 * engine is the faster one up to a density; with convolutions that is lower, since their dense
 * products are the faster ones.
 *
 * @param denseLayers the highest density at which {@code auto} trains networks of dense layers on
 *     surviving weights only; 0: it never does
 * @param convolutions the same for networks with convolutions
 */
public record EngineSelection(double denseLayers, double convolutions) {

  /** The rule of this version: what {@code tombola bench --only engines} finds, rounded down. */
  public static final EngineSelection STANDARD = new EngineSelection(0.45, 0.35);

  /** The engine of a trial. */
  public EngineName choose(EngineChoice choice, Network network, Mask mask) {
    return choose(choice, network, network.multiplications(mask::count));
  }

  /**
   * The engine of a trial.
   *
   * @param multiplications those of an example that surviving weights take
   */
  public EngineName choose(EngineChoice choice, Network network, long multiplications) {
    return switch (choice) {
      case DL4J -> EngineName.DL4J;
      case SPARSE -> EngineName.SPARSE;
      case AUTO ->
          candidates(choice, network).contains(EngineName.SPARSE)
                  && multiplications <= density(network) * network.multiplications()
              ? EngineName.SPARSE
              : EngineName.DL4J;
    };
  }

  /** The highest density at which {@code auto} trains a network on surviving weights only. */
  public double density(Network network) {
    boolean convolves =
        network.layers().stream().anyMatch(layer -> layer instanceof Layer.Convolution);
    return convolves ? convolutions : denseLayers;
  }

  /** The engines that trials of a network can come to. */
  public Set<EngineName> candidates(EngineChoice choice, Network network) {
    return switch (choice) {
      case DL4J -> EnumSet.of(EngineName.DL4J);
      case SPARSE -> EnumSet.of(EngineName.SPARSE);
      case AUTO ->
          density(network) > 0 && supportsSparse(network)
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
    return network.layers().stream().allMatch(layer -> layer.accept(new SparseSupport()));
  }

  /** The layers that the sparse engine can train. */
  private static final class SparseSupport implements Layer.Visitor<Boolean> {

    @Override
    public Boolean convolution(Layer.Convolution convolution) {
      return true;
    }

    @Override
    public Boolean dense(Layer.Dense dense) {
      return true;
    }

    @Override
    public Boolean batchNorm(Layer.BatchNorm norm) {
      return false;
    }

    @Override
    public Boolean pool(Layer.Pool pool) {
      return pool.kind() == Layer.Pool.Kind.MAX;
    }

    @Override
    public Boolean dropout(Layer.Dropout dropout) {
      return true;
    }
  }

  /**
   * What a new campaign is asked to use on these devices: on others than processor cores, {@code
   * auto} is DL4J, which alone works there.
   */
  public static EngineChoice on(List<Device> devices, EngineChoice choice) {
    boolean cores = devices.stream().allMatch(device -> device.kind() == Device.Kind.CPU);
    return cores || choice != EngineChoice.AUTO ? choice : EngineChoice.DL4J;
  }
}
