package io.tombola.training.network;

import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Network.Layer;
import java.util.List;

/** The networks a campaign can name. */
public final class Networks {

  /** 784-300-100-10 (LeCun et al. 1998; Frankle and Carbin 2019, figure 2): 266,200 weights. */
  public static final Network LENET_300_100 =
      new Network(
          "lenet-300-100",
          List.of(
              new Layer("dense-1", 784, 300, Kind.DENSE),
              new Layer("dense-2", 300, 100, Kind.DENSE),
              new Layer("output", 100, 10, Kind.OUTPUT)));

  private static final List<Network> ALL = List.of(LENET_300_100);

  private Networks() {}

  /** The names that {@link #byName} knows. */
  public static List<String> names() {
    return ALL.stream().map(Network::name).toList();
  }

  /**
   * The network of this name.
   *
   * @throws InvalidSpecException if there is none, listing those there are
   */
  public static Network byName(String name) {
    return ALL.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "network", "one of " + String.join(", ", names()), "'" + name + "'"));
  }
}
