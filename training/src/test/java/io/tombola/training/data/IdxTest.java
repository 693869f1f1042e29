package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdxTest {

  private static final byte[] TWO_IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255
  };

  @Test
  void readsDimensionsAndValues() {
    Idx idx = Idx.parse(TWO_IMAGES, "images", 3);
    assertEquals(2, idx.dimension(0));
    assertEquals(1, idx.dimension(1));
    assertEquals(3, idx.dimension(2));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, (byte) 255}, idx.values());
  }

  @Test
  void rejectsTruncationAnywhere() {
    for (int length = 0; length < TWO_IMAGES.length; length++) {
      assertOneLine(Arrays.copyOf(TWO_IMAGES, length), "found");
    }
    assertOneLine(Arrays.copyOf(TWO_IMAGES, 20), "expected 6 values", "found 4 (truncated)");
  }

  @Test
  void rejectsTrailingBytes() {
    assertOneLine(Arrays.copyOf(TWO_IMAGES, 23), "expected 6 values", "found 7;");
  }

  @Test
  void rejectsAnotherRank() {
    byte[] labels = {0, 0, 8, 1, 0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    assertOneLine(labels, "0x00000803", "0x00000801");
  }

  @Test
  void rejectsDimensionsThatOverflow() {
    byte[] huge = TWO_IMAGES.clone();
    Arrays.fill(huge, 4, 16, (byte) 0x7f);
    assertOneLine(huge, "found 6");
  }

  private static void assertOneLine(byte[] content, String... parts) {
    BadDataException e =
        assertThrows(BadDataException.class, () -> Idx.parse(content, "dir/images", 3));
    assertTrue(e.getMessage().startsWith("dir/images: expected"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
