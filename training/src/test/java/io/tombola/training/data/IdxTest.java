package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdxTest {

  private static final byte[] TWO_IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255
  };

  @Test
  void readsDimensionsAndValues() throws IOException {
    Idx idx = parse(TWO_IMAGES, "images");
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

  @Test
  void readsEitherOfTwoRanks() throws IOException {
    byte[] coloured = DataFixtures.idx(new byte[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
    Idx idx = Idx.read(new ByteArrayInputStream(coloured), "images", List.of(3, 4));
    assertEquals(4, idx.rank());
    assertEquals(3, idx.dimension(3));
    assertEquals(6, idx.values().length);
    assertOneLine(coloured, "0x00000803", "0x00000804");
  }

  @Test
  void aHeaderIsReadAlone() throws IOException {
    InputStream in = new ByteArrayInputStream(TWO_IMAGES);
    assertEquals(3, Idx.header(in, "images", List.of(3)).dimension(2));
    assertEquals(6, in.available());
  }

  private static Idx parse(byte[] content, String file) throws IOException {
    return Idx.read(new ByteArrayInputStream(content), file, List.of(3));
  }

  private static void assertOneLine(byte[] content, String... parts) {
    BadDataException e = assertThrows(BadDataException.class, () -> parse(content, "dir/images"));
    assertTrue(e.getMessage().startsWith("dir/images: expected"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
