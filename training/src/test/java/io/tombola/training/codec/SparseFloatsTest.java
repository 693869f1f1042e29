package io.tombola.training.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Values of which most may be 0.0: every bit comes back, and zeros take little. */
class SparseFloatsTest {

  private static final String MAGIC = "TEST";

  @Property(tries = 200)
  void everyBitComesBack(@ForAll float[] values, @ForAll @IntRange(min = 1, max = 9) int every) {
    for (int i = 0; i < values.length; i++) {
      values[i] = i % every == 0 ? values[i] : 0f;
    }
    assertArrayEquals(bits(values), bits(read(written(values))));
  }

  @Test
  void keepsWhatOnlyLooksLikeZero() {
    float[] values = new float[100];
    values[3] = -0f;
    values[99] = Float.MIN_VALUE;
    assertArrayEquals(bits(values), bits(read(written(values))));
  }

  @Test
  void zerosTakeABitEach() {
    float[] values = new float[8000];
    Arrays.fill(values, 0, 100, 1f);
    assertTrue(written(values).length < 8000 / 8 + 4 * 100 + 40);
    Arrays.fill(values, 1f);
    int dense = new BinaryWriter(MAGIC, 1).writeFloats(values).finish().length;
    assertEquals(dense + Integer.BYTES, written(values).length);
  }

  @Test
  void refusesPlacesThatDoNotFitTheValues() {
    BinaryWriter wrong =
        new BinaryWriter(MAGIC, 1)
            .writeInt(1)
            .writeInt(8)
            .writeBytes(new byte[] {3})
            .writeFloats(new float[] {1f});
    assertThrows(IllegalArgumentException.class, () -> read(wrong.finish()));
    BinaryWriter beyond =
        new BinaryWriter(MAGIC, 1)
            .writeInt(1)
            .writeInt(4)
            .writeBytes(new byte[] {16})
            .writeFloats(new float[] {1f});
    assertThrows(IllegalArgumentException.class, () -> read(beyond.finish()));
  }

  private static byte[] written(float[] values) {
    return new BinaryWriter(MAGIC, 1).writeSparseFloats(values).finish();
  }

  private static float[] read(byte[] bytes) {
    BinaryReader in = new BinaryReader("test", bytes, MAGIC, 1);
    float[] values = in.readSparseFloats();
    in.finish();
    return values;
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }
}
