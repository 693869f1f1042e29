package io.tombola.deploy.report;

import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.MaskDensity;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fraction of each layer that each round's mask keeps.
 *
 * @param rounds of the longest ticket chain, from 0
 */
record LayerDensities(int rounds, List<Layer> layers) {

  /**
   * One layer.
   *
   * @param remainingPercent by round, over the replicates that have come as far
   */
  record Layer(String name, List<SummaryStats> remainingPercent) {}

  static LayerDensities of(List<ReplicateState> replicates) {
    List<List<MaskDensity>> chains =
        replicates.stream()
            .map(r -> r.masks().stream().map(ReplicateState.RoundMask::density).toList())
            .filter(chain -> !chain.isEmpty())
            .toList();
    int rounds = chains.stream().mapToInt(List::size).max().orElse(0);
    if (rounds == 0) {
      return new LayerDensities(0, List.of());
    }
    List<MaskDensity.Layer> dense = chains.get(0).get(0).layers();
    return new LayerDensities(
        rounds,
        IntStream.range(0, dense.size())
            .mapToObj(
                layer ->
                    new Layer(
                        dense.get(layer).name(),
                        IntStream.range(0, rounds)
                            .mapToObj(round -> spread(chains, round, layer))
                            .toList()))
            .toList());
  }

  private static SummaryStats spread(List<List<MaskDensity>> chains, int round, int layer) {
    return SummaryStats.of(
        chains.stream()
            .filter(chain -> chain.size() > round)
            .map(chain -> chain.get(round).layers().get(layer))
            .mapToDouble(l -> 100.0 * l.remaining() / l.total()));
  }
}
