package io.tombola.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightsTest {

  private final Weights weights =
      GlorotNormal.draw(Networks.LENET_300_100, new Seeds(1, 1).stream("weights"));

  @Test
  void isReadBackFromItsBytes() {
    byte[] bytes = weights.encode();
    assertEquals(weights, Weights.decode(bytes));
    assertArrayEquals(bytes, Weights.decode(bytes).encode());
  }

  @Test
  void isImmutable() {
    float[] values = weights.toArray();
    Weights copied = Weights.of(weights.network(), values);
    values[0] += 1;
    copied.toArray()[1] += 1;
    assertEquals(weights, copied);
  }

  @Test
  void negativeZeroIsNotZero() {
    float[] zeros = new float[weights.network().parameterCount()];
    float[] negative = zeros.clone();
    negative[5] = -0f;
    assertNotEquals(Weights.of(weights.network(), zeros), Weights.of(weights.network(), negative));
  }

  @Test
  void rejectsDamage() {
    byte[] bytes = weights.encode();
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    assertThrows(IllegalArgumentException.class, () -> Weights.decode(flipped));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThrows(IllegalArgumentException.class, () -> Weights.decode(cut));
    assertThrows(IllegalArgumentException.class, () -> Weights.decode(new byte[3]));
  }
}
