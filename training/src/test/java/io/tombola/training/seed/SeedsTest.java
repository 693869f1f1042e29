package io.tombola.training.seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private final Seeds seeds = new Seeds(7, 1);

  @Test
  void generatorIsXoshiro256PlusPlus() {
    // The authors' reference implementation from state 1, 2, 3, 4.
    RandomStream stream = new RandomStream(1, 2, 3, 4);
    assertArrayEquals(
        new long[] {41943041L, 58720359L, 3588806011781223L, 3591011842654386L},
        LongStream.generate(stream::nextLong).limit(4).toArray());
  }

  @Test
  void keepsItsNumbersForEver() {
    RandomStream stream = seeds.stream("golden", 3, 4);
    assertEquals(-1522456365571306174L, stream.nextLong());
    assertEquals(-3868538241196295115L, stream.nextLong());
    assertEquals(0.17396626358978207, stream.nextDouble());
    assertEquals(-0.5073123418879851, stream.nextGaussian());
    assertEquals(0.9794958373266135, stream.nextGaussian());
    assertArrayEquals(new int[] {1, 0, 11, 3, 8, 7, 6, 4, 10, 9, 2, 5}, seeds.dataOrder(0, 12));
  }

  @Test
  void everyPartOfTheNameMatters() {
    Set<Long> firsts = new HashSet<>();
    firsts.add(seeds.stream("a").nextLong());
    firsts.add(seeds.stream("b").nextLong());
    firsts.add(seeds.stream("a", 0).nextLong());
    firsts.add(seeds.stream("a", 1).nextLong());
    firsts.add(seeds.stream("a", 1, 0).nextLong());
    firsts.add(new Seeds(7, 2).stream("a").nextLong());
    firsts.add(new Seeds(8, 1).stream("a").nextLong());
    assertEquals(7, firsts.size());
  }

  @Test
  void everyEpochIsAnotherPermutation() {
    int[] first = seeds.dataOrder(0, 1000);
    int[] second = seeds.dataOrder(1, 1000);
    assertNotEquals(Arrays.toString(first), Arrays.toString(second));
    Arrays.sort(first);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), first);
  }

  @Test
  void gaussiansAreStandardNormal() {
    RandomStream stream = seeds.stream("normal");
    int count = 100_000;
    double sum = 0;
    double squares = 0;
    int withinOne = 0;
    for (int i = 0; i < count; i++) {
      double x = stream.nextGaussian();
      sum += x;
      squares += x * x;
      withinOne += Math.abs(x) < 1 ? 1 : 0;
    }
    assertEquals(0, sum / count, 0.015);
    assertEquals(1, squares / count, 0.02);
    assertEquals(0.6827, (double) withinOne / count, 0.007);
  }

  @Test
  void boundedIntegersAreUniform() {
    RandomStream stream = seeds.stream("uniform");
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[stream.nextInt(7)]++;
    }
    assertTrue(Arrays.stream(counts).allMatch(count -> Math.abs(count - 10_000) < 500));
    assertThrows(IllegalArgumentException.class, () -> stream.nextInt(0));
  }
}
