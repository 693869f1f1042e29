package io.tombola.training.engine.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {

  private static final int ROWS = 40;
  private static final int UNITS = 23;

  /** Often enough for the JIT compiler to get to work. */
  private static final int JIT_COMPILED = 300;

  @Test
  void vectorsAreUsedWhereTheProcessorHasThem() {
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
    assertInstanceOf(VectorKernels.class, KernelSelector.open());
  }

  @ParameterizedTest
  @CsvSource({"0, 64", "1, 64", "15, 64", "16, 128", "17, 192", "256, 64", "900, 64", "700, 128"})
  void allKernelsGiveTheSameBytes(int weights, int width) {
    Sums scalar = new Sums(weights, width, new ScalarKernels());
    Sums chosen = new Sums(weights, width, KernelSelector.open());
    assertArrayEquals(scalar.added, chosen.added);
    assertArrayEquals(scalar.gradients, chosen.gradients);
  }

  @Test
  void whatIsDoneToEachValueGivesTheSameBytes() {
    Kernels scalar = new ScalarKernels();
    Kernels chosen = KernelSelector.open();
    assertArrayEquals(elementwise(scalar), elementwise(chosen));
    float[] rectified = {-1, 0, -0f, 2, Float.NaN};
    float[] lanes = Arrays.copyOf(rectified, 64);
    chosen.rectify(lanes, 0, 64);
    assertArrayEquals(new float[] {0, 0, 0, 2, Float.NaN}, Arrays.copyOf(lanes, 5));
  }

  private static float[] elementwise(Kernels kernels) {
    RandomStream stream = new Seeds(2, 1).stream("values");
    float[] odd = {0, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN, 1, -1};
    float[][] values = new float[4][200];
    for (float[] some : values) {
      for (int i = 0; i < some.length; i++) {
        int kind = stream.nextInt(20);
        some[i] = kind < odd.length ? odd[kind] : (float) stream.nextGaussian();
      }
    }
    float[] largest = Arrays.copyOf(values[0], 128);
    kernels.raise(largest, 0, values[1], 3, 128);
    kernels.take(values[2], 7, largest, values[1], 3, values[3], 5, 128);
    kernels.maskByActivity(values[3], 1, values[1], 2, 128);
    kernels.multiply(values[3], 4, values[0], 9, 128);
    kernels.rectify(values[2], 11, 128);
    float[] all = new float[5 * 200];
    for (int a = 0; a < 4; a++) {
      System.arraycopy(values[a], 0, all, a * 200, 200);
    }
    System.arraycopy(largest, 0, all, 800, 128);
    return all;
  }

  @Test
  void pixelsAreDividedExactly() {
    int[] words = new int[65];
    int[] images = new int[64];
    for (int e = 0; e < 64; e++) {
      images[e] = 63 - e;
      words[64 - e] = 4 * e * 0x1010101 + 0x3020100;
    }
    int[] rows = {-1, -1, -1, -1, 76, 12, 140, 204};
    for (Kernels kernels : List.of(new ScalarKernels(), KernelSelector.open())) {
      float[] values = new float[300];
      kernels.toUnitInterval(words, 1, images, values, rows, 64);
      for (int pixel = 0; pixel < 256; pixel++) {
        assertEquals(pixel / 255f, values[rows[4 + pixel % 4] + pixel / 4]);
      }
    }
  }

  @Test
  void sumsAreThoseOfDoublePrecision() {
    Sums sums = new Sums(300, 128, KernelSelector.open());
    for (int k = 0; k < 300; k++) {
      double exact = 0;
      for (int e = 0; e < 128; e++) {
        exact += (double) sums.from[sums.source[k] + e] * sums.into[sums.target[k] + e];
        exact += (double) sums.from[sums.source[k] + 128 + e] * sums.into[sums.target[k] + 256 + e];
      }
      assertEquals(exact, sums.gradients[7 + k], 1e-5);
    }
    float[] exact = sums.into.clone();
    for (int k = 0; k < 300; k++) {
      for (int e = 0; e < 128; e++) {
        exact[sums.target[k] + e] += sums.weights[3 + k] * sums.from[sums.source[k] + e];
        exact[sums.target[k] + 256 + e] +=
            sums.weights[3 + k] * sums.from[sums.source[k] + 128 + e];
      }
    }
    assertArrayEquals(exact, sums.added, 1e-4f);
  }

  /** Vectors of half the length and none at all, compiled or not, each in a Java of its own. */
  @Test
  void everyVectorLengthGivesTheSameBytes() throws IOException, InterruptedException {
    String here = checksum(JIT_COMPILED);
    String vectors = "--add-modules=jdk.incubator.vector";
    assertEquals(here, elsewhere(JIT_COMPILED, vectors, "-XX:UseAVX=2"));
    assertEquals(here, elsewhere(1, vectors, "-Xint"));
    assertEquals(here, elsewhere(JIT_COMPILED, "-XX:+UseParallelGC"));
  }

  /** Prints a checksum of what this Java's kernels compute. */
  public static void main(String[] arguments) {
    System.out.println(checksum(Integer.parseInt(arguments[0])));
  }

  private static String checksum(int times) {
    Kernels kernels = KernelSelector.open();
    long first = checksum(kernels);
    for (int i = 1; i < times; i++) {
      if (checksum(kernels) != first) {
        throw new AssertionError("other bytes the " + i + "th time");
      }
    }
    return Long.toHexString(first);
  }

  private static long checksum(Kernels kernels) {
    CRC32 crc = new CRC32();
    Sums sums = new Sums(500, 128, kernels);
    for (float[] some : List.of(sums.added, sums.gradients)) {
      for (float value : some) {
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
          crc.update(bits >>> shift);
        }
      }
    }
    return crc.getValue();
  }

  private static String elsewhere(int times, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            KernelsTest.class.getName(),
            Integer.toString(times)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", options));
    return printed.trim();
  }

  /** Random weights between random rows, and what kernels make of them. */
  private static final class Sums {

    final int[] source;
    final int[] target;
    final float[] from;
    final float[] into;
    final float[] weights;
    final float[] added;
    final float[] gradients;

    Sums(int count, int width, Kernels kernels) {
      RandomStream stream = new Seeds(1, 1).stream("kernels", count, width);
      from = RandomLanes.draw(stream, ROWS + 1, width);
      into = RandomLanes.draw(stream, UNITS + 2, width);
      source = new int[count];
      target = new int[count];
      weights = new float[count + 3];
      for (int k = 0; k < count; k++) {
        source[k] = Lanes.START + stream.nextInt(ROWS) * width;
        target[k] = Lanes.START + k * UNITS / count * width;
        weights[k + 3] = (float) stream.nextGaussian();
      }
      SegmentedSparseIndex index = SegmentedSparseIndex.of(source, target);
      added = into.clone();
      kernels.addProducts(index, weights, 3, from, 0, added, 0, width);
      kernels.addProducts(index, weights, 3, from, width, added, 2 * width, width);
      float[] sums = new float[7 + count + Kernels.SUMMED_LANES];
      int[] fromShifts = {0, width};
      int[] intoShifts = {0, 2 * width};
      kernels.sumProducts(index, from, fromShifts, into, intoShifts, sums, 7, width);
      gradients = Arrays.copyOf(sums, 7 + count);
    }
  }
}
