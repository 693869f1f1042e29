package io.tombola.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  private static final ImageShape MNIST = new ImageShape(28, 28, 1);
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 266_200, 0",
    "conv-2, 4_300_992, 38_592",
    "conv-4, 2_425_024, 259_776",
    "conv-6, 2_261_184, 1_144_512"
  })
  void presetsHaveThePapersWeights(String name, String all, String convolutional) {
    Network network = Networks.parse(name);

    assertEquals(Integer.parseInt(all.replace("_", "")), network.prunableCount());
    assertEquals(
        Integer.parseInt(convolutional.replace("_", "")),
        network.prunableLayers().stream()
            .filter(layer -> layer.kind() == Kind.CONV)
            .mapToInt(PrunableLayer::weightCount)
            .sum());
    assertEquals(10, network.outputs());
    assertEquals(name, network.name());
  }

  @Test
  void countsWhatAnExampleTakes() {
    assertEquals(266_200, Networks.parse("lenet-300-100").multiplications());
    // 32 x 32 pixels times the kernels of two convolutions, and three dense layers.
    assertEquals(
        1024L * (27 * 64 + 576 * 64) + 16_384 * 256 + 256 * 256 + 2_560,
        Networks.parse("conv-2").multiplications());
  }

  @Test
  void layersAreNamedAndLaidOutOneAfterTheOther() {
    Network network = Networks.of("conv 4, batch-norm, max-pool 2, dense 3, dense 10", CIFAR, 10);

    assertEquals(
        List.of("conv-1", "dense-1", "output"),
        network.prunableLayers().stream().map(PrunableLayer::name).toList());
    assertEquals(0, network.weightOffset(0));
    assertEquals(4 * 27, network.biasOffset(0));
    // 4 biases, then 4 x 4 parameters of the batch normalisation.
    assertEquals(4 * 27 + 4 + 16, network.weightOffset(1));
    assertEquals(16 * 16 * 4, network.prunableLayers().get(1).rows());
    assertEquals(network.biasOffset(2) + 10, network.parameterCount());
  }

  @Test
  void activationComesAfterTheBatchNormalisation() {
    Network network = Networks.of("dense 3, batch-norm, dropout 0.5, dense 10", MNIST, 10);

    assertEquals(
        List.of("Dense", "BatchNorm", "Dropout", "Dense"),
        network.layers().stream().map(layer -> layer.getClass().getSimpleName()).toList());
    assertEquals(
        List.of(false, true, false, false),
        network.layers().stream().map(Layer::rectified).toList());
  }

  @Test
  void poolingLeavesOutWhatDoesNotFit() {
    Network network = Networks.of("max-pool 3, dense 10", new ImageShape(28, 32, 2), 10);

    assertEquals(9 * 10 * 2, network.prunableLayers().get(0).inputs());
  }

  @Test
  void aKernelCountsInTheFans() {
    PrunableLayer layer = Networks.of("conv 64 5, dense 10", CIFAR, 10).prunableLayers().get(0);

    assertEquals(75, layer.fanIn());
    assertEquals(1600, layer.fanOut());
    assertEquals(75 * 64, layer.weightCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "conv-4", "conv 8, max-pool 2, dense 5, dense 7"})
  void aNameSaysAllOfANetwork(String text) {
    Network network = Networks.of(text, new ImageShape(20, 20, 2), 7);

    assertEquals(network, Networks.parse(network.name()));
    assertEquals(network.layers(), Networks.parse(network.name()).layers());
    assertEquals(7, network.outputs());
  }

  @Test
  void presetsTakeOtherImages() {
    assertEquals(
        3072 * 300, Networks.of("lenet-300-100", CIFAR, 10).prunableLayers().get(0).weightCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet                       | one of lenet-300-100, conv-2, conv-4, conv-6",
        "conv 64                     | 'dense 10' at the end",
        "dense 9                     | 'dense 10' at the end",
        "dense 10, batch-norm        | 'dense 10' at the end",
        "dense 5, conv 4, dense 10   | convolutions before the first dense layer",
        "dense 5, max-pool, dense 10 | max-pool before the first dense layer",
        "batch-norm, dense 10        | batch-norm right after conv or dense",
        "conv 4 2, dense 10          | a kernel with an odd edge",
        "conv, dense 10              | a whole number",
        "conv 4 3 1, dense 10        | at most one number",
        "dropout 1.0, dense 10       | dropout with a rate",
        "max-pool 33, dense 10       | at most the 32 x 32 pixels there",
        "pool 2, dense 10            | layers conv, max-pool, dense, dropout, batch-norm",
        "dense 100000, dense 100000, dense 10 | parameters"
      })
  void refusesWhatDoesNotFit(String text, String expected) {
    InvalidSpecException e =
        assertThrows(InvalidSpecException.class, () -> Networks.of(text, CIFAR, 10));

    assertEquals("network", e.key());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
