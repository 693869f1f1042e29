package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSplitsTest {

  private final DataSplits splits = of(TestCampaigns.FASHION_MNIST, 1);

  @Test
  void hasTheSizesOfThePaper() {
    assertEquals(55_000, splits.train().size());
    assertEquals(5_000, splits.validation().size());
    assertEquals(10_000, splits.test().size());
  }

  @Test
  void trainAndValidationShareNothingAndLeaveNothingOut() {
    BitSet seen = new BitSet();
    for (Split split : new Split[] {splits.train(), splits.validation()}) {
      for (int i = 0; i < split.size(); i++) {
        assertFalse(seen.get(split.index(i)));
        seen.set(split.index(i));
      }
    }
    assertEquals(60_000, seen.cardinality());
  }

  @Test
  void isDrawnByTheSeedAlone() {
    int[] again = indices(of(TestCampaigns.FASHION_MNIST, 1).validation());
    assertArrayEquals(indices(splits.validation()), again);
    int[] other = indices(of(TestCampaigns.FASHION_MNIST, 2).validation());
    BitSet shared = new BitSet();
    IntStream.of(again).forEach(shared::set);
    int common = (int) IntStream.of(other).filter(shared::get).count();
    // Hypergeometric: mean 417, deviation about 19.
    assertEquals(417, common, 100);
  }

  @Test
  void gathersTheExampleItNames() {
    float[] viaSplit = new float[784];
    float[] direct = new float[784];
    splits.validation().gather(123, viaSplit, 0);
    int index = splits.validation().index(123);
    splits.dataset().train().gather(index, direct, 0);
    assertArrayEquals(direct, viaSplit);
    assertEquals(splits.dataset().train().label(index), splits.validation().label(123));
  }

  @Test
  void theDefaultSplitIsThatOfVersion010() {
    assertEquals(1490899319, Arrays.hashCode(indices(splits.validation())));
    assertEquals(947523841, Arrays.hashCode(indices(splits.train())));
  }

  @Test
  void limitsKeepTheFirstOfTheShuffledRestAndOfTheTestFiles() {
    DataSplits few = of(spec(100, 300, 40), 1);
    assertEquals(100, few.validation().size());
    assertEquals(300, few.train().size());
    assertArrayEquals(IntStream.range(0, 40).toArray(), indices(few.test()));
    int[] order = new Seeds(7, 1).stream("validation-split").permutation(60_000);
    assertArrayEquals(
        IntStream.of(order).skip(100).limit(300).sorted().toArray(), indices(few.train()));
    assertArrayEquals(IntStream.of(order).limit(100).sorted().toArray(), indices(few.validation()));
  }

  @Test
  void allOfTheRestMayBeAskedFor() {
    assertEquals(59_900, of(spec(100, 59_900, 10_000), 1).train().size());
  }

  @Test
  void saysWhatDoesNotFit() {
    assertDoesNotFit(
        spec(60_000, 1, 1),
        "dataset.validation: expected fewer than the 60000 training examples of fashion-mnist,"
            + " found 60000; ask for fewer by --set dataset.validation=NUMBER");
    assertDoesNotFit(
        spec(5_000, 55_001, 1),
        "dataset.train-limit: expected at most the 55000 training examples of fashion-mnist that"
            + " validation leaves, found 55001; ask for fewer by --set dataset.train-limit=NUMBER");
    assertDoesNotFit(
        spec(5_000, 55_000, 10_001),
        "dataset.test-limit: expected at most the 10000 test examples of fashion-mnist, found"
            + " 10001; ask for fewer by --set dataset.test-limit=NUMBER");
  }

  private static void assertDoesNotFit(DatasetSpec spec, String line) {
    assertEquals(line, assertThrows(BadDataException.class, () -> of(spec, 1)).getMessage());
    assertEquals(
        line,
        assertThrows(BadDataException.class, () -> Datasets.load(spec, DataFixtures.NO_SOURCES))
            .getMessage());
  }

  private static DatasetSpec spec(int validation, int train, int test) {
    return new DatasetSpec(
        "fashion-mnist",
        Optional.empty(),
        DatasetSpec.Normalization.NONE,
        validation,
        Optional.of(train),
        Optional.of(test));
  }

  private static DataSplits of(DatasetSpec spec, int replicate) {
    return DataSplits.of(TestCampaigns.fashionMnist(), spec, new Seeds(7, replicate));
  }

  private static int[] indices(Split split) {
    return IntStream.range(0, split.size()).map(split::index).toArray();
  }
}
