package io.tombola.training.data;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The files of a data set in CIFAR's binary format: records of one label byte, or two of which the
 * last, finer one counts, and 3,072 pixels, a plane of 32 x 32 each for red, green and blue
 * (Krizhevsky 2009, "Learning multiple layers of features from tiny images").
 *
 * @param train in the order in which they are read
 * @param recordBytes 3,073 or 3,074
 */
record CifarFiles(String dataset, List<Path> train, Path test, int recordBytes) {

  static final ImageShape IMAGE = new ImageShape(32, 32, 3);
  static final String TEST_BATCH = "test_batch.bin";

  /** One of CIFAR-10's files. */
  private static final long BATCH_EXAMPLES = 10_000;

  private static final int ONE_LABEL = 1 + IMAGE.values();
  private static final int TWO_LABELS = 2 + IMAGE.values();
  private static final Pattern TRAIN_BATCH = Pattern.compile("data_batch_(\\d{1,9})\\.bin");

  /** The names of CIFAR-10's files, the test file last. */
  static List<String> originalNames() {
    List<String> names = new ArrayList<>();
    IntStream.rangeClosed(1, 5).forEach(batch -> names.add("data_batch_" + batch + ".bin"));
    names.add(TEST_BATCH);
    return List.copyOf(names);
  }

  /**
   * CIFAR-10's files.
   *
   * @throws BadDataException if one is missing or has not its original size
   */
  static CifarFiles original(DataDirectory directory) {
    List<Path> files = originalNames().stream().map(directory.path()::resolve).toList();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new BadDataException(
            "%s: expected this file of CIFAR-10's binary version, found none; put it there"
                .formatted(file));
      }
      require(
          file,
          size -> size == BATCH_EXAMPLES * ONE_LABEL,
          BATCH_EXAMPLES * ONE_LABEL + " bytes as in CIFAR-10's binary version");
    }
    return new CifarFiles("cifar-10", files.subList(0, 5), files.get(5), ONE_LABEL);
  }

  /**
   * The files of any data set in this format: {@code data_batch_*.bin} or {@code train.bin}, and
   * {@code test_batch.bin} or {@code test.bin}.
   *
   * @throws BadDataException if they are not there or hold no whole records
   */
  static CifarFiles find(DataDirectory directory) {
    List<String> names = directory.names();
    List<Path> train =
        names.stream()
            .filter(TRAIN_BATCH.asMatchPredicate())
            .sorted(Comparator.comparingInt(CifarFiles::number).thenComparing(name -> name))
            .map(directory.path()::resolve)
            .toList();
    if (train.isEmpty()) {
      train =
          List.of(only(directory, names, "train.bin", "data_batch_1.bin, data_batch_2.bin, ..."));
    }
    Path test = only(directory, names, "test.bin", TEST_BATCH);
    return new CifarFiles("cifar", train, test, recordBytes(train, test));
  }

  /** How many records a file of this set has. */
  int records(Path file) {
    return (int) (size(file) / recordBytes);
  }

  private static Path only(
      DataDirectory directory, List<String> names, String name, String otherNames) {
    String other = otherNames.replaceAll(",.*", "");
    List<String> found = names.stream().filter(List.of(name, other)::contains).toList();
    if (found.size() != 1) {
      throw new BadDataException(
          "%s: expected either %s or %s, found %s; put the files of one data set there"
              .formatted(directory.path(), name, otherNames, found.isEmpty() ? "neither" : "both"));
    }
    return directory.path().resolve(found.get(0));
  }

  /** What divides the size of every file; one label, should both. */
  private static int recordBytes(List<Path> train, Path test) {
    List<Path> all = new ArrayList<>(train);
    all.add(test);
    boolean one = all.stream().allMatch(file -> size(file) % ONE_LABEL == 0);
    int bytes = one || size(train.get(0)) % ONE_LABEL == 0 ? ONE_LABEL : TWO_LABELS;
    for (Path file : all) {
      require(
          file,
          size -> size > 0 && size % bytes == 0,
          size(train.get(0)) % bytes == 0
              ? "records of " + bytes + " bytes"
              : "records of %d or %d bytes".formatted(ONE_LABEL, TWO_LABELS));
    }
    return bytes;
  }

  private static void require(Path file, LongPredicate fits, String expected) {
    long size = size(file);
    if (!fits.test(size)) {
      throw new BadDataException(
          "%s: expected %s, found %d bytes; put the whole file there"
              .formatted(file, expected, size));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a readable file, found %s; check its permissions"
              .formatted(file, ExceptionMessage.of(e)),
          e);
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }
}
