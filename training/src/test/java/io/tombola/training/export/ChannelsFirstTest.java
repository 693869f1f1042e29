package io.tombola.training.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.data.ImageShape;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelsFirstTest {

  /** 4 x 4 pixels of 2 channels; what the first dense layer gets is 2 x 2 x 2. */
  private static final Network NETWORK =
      Networks.of("conv 2, batch-norm, max-pool 2, dense 2, dense 3", new ImageShape(4, 4, 2), 3);

  // In the canonical layout: 36 convolution weights, 2 biases, 8 of the batch normalisation, 16
  // dense weights, 2 biases, 6 output weights, 3 biases. Each value is its own position.
  private static final Weights POSITIONS =
      Weights.of(NETWORK, floats(IntStream.range(0, 73).toArray()));

  private static final List<Tensor> TENSORS = ChannelsFirst.weights(POSITIONS);

  @Test
  void namesAndShapesAreThoseOfAStateDict() {
    assertEquals(
        List.of(
            "conv-1.weight [2, 2, 3, 3]",
            "conv-1.bias [2]",
            "conv-1-batch-norm.weight [2]",
            "conv-1-batch-norm.bias [2]",
            "conv-1-batch-norm.running_mean [2]",
            "conv-1-batch-norm.running_var [2]",
            "dense-1.weight [2, 8]",
            "dense-1.bias [2]",
            "output.weight [3, 2]",
            "output.bias [3]"),
        TENSORS.stream().map(tensor -> tensor.name() + " " + tensor.shape()).toList());
  }

  @Test
  void aConvolutionsWeightsAreOrderedByFilterChannelRowAndColumn() {
    assertValues(
        TENSORS.get(0),
        // Canonical: by row, column, channel and, fastest, filter.
        0,
        4,
        8,
        12,
        16,
        20,
        24,
        28,
        32,
        2,
        6,
        10,
        14,
        18,
        22,
        26,
        30,
        34,
        1,
        5,
        9,
        13,
        17,
        21,
        25,
        29,
        33,
        3,
        7,
        11,
        15,
        19,
        23,
        27,
        31,
        35);
  }

  @Test
  void aDenseLayerAfterAnImageHasItsInputsChannelByChannel() {
    assertValues(
        TENSORS.get(6),
        // Canonical: from 46 on, pixel by pixel, both channels of each, both units of each.
        46,
        50,
        54,
        58,
        48,
        52,
        56,
        60,
        47,
        51,
        55,
        59,
        49,
        53,
        57,
        61);
  }

  @Test
  void aDenseLayerAfterAnotherIsTransposed() {
    assertValues(TENSORS.get(8), 64, 67, 65, 68, 66, 69);
  }

  @Test
  void biasesAndBatchNormalisationsStayInOrder() {
    assertValues(TENSORS.get(1), 36, 37);
    assertValues(TENSORS.get(2), 38, 39);
    assertValues(TENSORS.get(3), 40, 41);
    assertValues(TENSORS.get(4), 42, 43);
    assertValues(TENSORS.get(5), 44, 45);
    assertValues(TENSORS.get(7), 62, 63);
    assertValues(TENSORS.get(9), 70, 71, 72);
  }

  @Test
  void aMaskIsLaidOutAsItsWeightsAre() {
    // The convolution's weight in row 0, column 1, channel 1, filter 0; the first dense layer's
    // from pixel 1, channel 0, to unit 1; the output's from unit 1 to class 2.
    Mask mask = Mask.of(NETWORK, List.of(bits(6), bits(5), bits(5)));
    List<Tensor> tensors = ChannelsFirst.mask(mask);
    assertEquals(
        List.of("conv-1.weight [2, 2, 3, 3]", "dense-1.weight [2, 8]", "output.weight [3, 2]"),
        tensors.stream().map(tensor -> tensor.name() + " " + tensor.shape()).toList());
    assertArrayEquals(oneAt(10, 36), tensors.get(0).content());
    assertArrayEquals(oneAt(9, 16), tensors.get(1).content());
    assertArrayEquals(oneAt(5, 6), tensors.get(2).content());
  }

  private static void assertValues(Tensor tensor, int... expected) {
    float[] found = new float[expected.length];
    assertEquals(4 * expected.length, tensor.content().length);
    ByteBuffer.wrap(tensor.content()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(found);
    assertArrayEquals(floats(expected), found);
  }

  private static float[] floats(int... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  private static BitSet bits(int set) {
    BitSet bits = new BitSet();
    bits.set(set);
    return bits;
  }

  private static byte[] oneAt(int index, int length) {
    byte[] bytes = new byte[length];
    bytes[index] = 1;
    return bytes;
  }
}
