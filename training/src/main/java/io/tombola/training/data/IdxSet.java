package io.tombola.training.data;

import java.util.List;
import java.util.regex.Pattern;

/** The four IDX files of a data set. */
record IdxSet(
    DataFile trainImages, DataFile trainLabels, DataFile testImages, DataFile testLabels) {

  /**
   * The files of a directory whose names end as the format's do, whatever they begin with.
   *
   * @throws BadDataException unless there is one of each
   */
  static IdxSet find(DataDirectory directory) {
    List<String> names = directory.names();
    return new IdxSet(
        only(directory, names, "train", "images-idx3"),
        only(directory, names, "train", "labels-idx1"),
        only(directory, names, "t10k", "images-idx3"),
        only(directory, names, "t10k", "labels-idx1"));
  }

  /** In the order in which they are hashed. */
  List<DataFile> inOrder() {
    return List.of(trainImages, trainLabels, testImages, testLabels);
  }

  private static DataFile only(
      DataDirectory directory, List<String> names, String part, String kind) {
    String parts = part.equals("t10k") ? "(t10k|test)" : part;
    Pattern ending =
        Pattern.compile(".*" + parts + "-" + kind.replace("idx3", "idx[34]") + "-ubyte(\\.gz)?");
    List<String> found = names.stream().filter(ending.asMatchPredicate()).toList();
    if (found.size() != 1) {
      throw new BadDataException(
          "%s: expected one file ending in %s-%s-ubyte, plain or .gz, found %s; put the four files"
                  .formatted(
                      directory.path(),
                      part,
                      kind,
                      found.isEmpty() ? "none" : String.join(" and ", found))
              + " of one data set there and no others");
    }
    return DataFile.at(directory.path().resolve(found.get(0)));
  }
}
