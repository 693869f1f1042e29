package io.tombola.training.data;

import io.tombola.training.data.fetch.ContentCheck;
import io.tombola.training.data.fetch.Fetcher;
import io.tombola.training.data.fetch.RemoteFile;
import io.tombola.training.data.fetch.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A data set of four IDX files that are known by their hashes.
 *
 * @param pinned train images, train labels, test images, test labels
 */
record IdxFiles(String dataset, List<Pinned> pinned) implements RemoteDataset {

  /** A file's name without {@code .gz} and the SHA-256 of its unpacked content. */
  record Pinned(String name, String sha256) {

    boolean isIn(Path folder) {
      return Files.isRegularFile(folder.resolve(name))
          || Files.isRegularFile(folder.resolve(name + ".gz"));
    }

    DataFile in(DataDirectory directory) {
      Path plain = directory.path().resolve(name);
      Path packed = directory.path().resolve(name + ".gz");
      if (!isIn(directory.path())) {
        throw new BadDataException(
            "%s: expected this file or %s beside it, found neither; put the original file there"
                .formatted(packed, name));
      }
      return DataFile.at(Files.isRegularFile(packed) ? packed : plain);
    }
  }

  static final IdxFiles MNIST =
      of(
          "mnist",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  static final IdxFiles FASHION_MNIST =
      of(
          "fashion-mnist",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  /** Reads the files that ship inside. */
  DatasetReader shipped() {
    return reader(file -> DataFile.shipped(dataset + "/" + file.name() + ".gz"));
  }

  /**
   * Reads the files of a directory, each gzipped or not.
   *
   * @throws BadDataException if one is missing
   */
  DatasetReader in(DataDirectory directory) {
    return reader(file -> file.in(directory));
  }

  @Override
  public String wanted() {
    return "the four original files "
        + String.join(", ", pinned.stream().map(Pinned::name).toList());
  }

  @Override
  public boolean isIn(Path folder) {
    return pinned.stream().allMatch(file -> file.isIn(folder));
  }

  @Override
  public void fetch(Fetcher fetcher, List<URI> mirrors, Path folder)
      throws UnavailableException, IOException {
    for (Pinned file : pinned) {
      if (!file.isIn(folder)) {
        ContentCheck check = ContentCheck.sha256Unpacked(file.sha256());
        fetcher.fetch(new RemoteFile(file.name() + ".gz", mirrors, check), folder);
      }
    }
  }

  private DatasetReader reader(Function<Pinned, DataFile> place) {
    List<DataFile> found = pinned.stream().map(place).toList();
    return new IdxDatasetReader(
        dataset,
        new IdxSet(found.get(0), found.get(1), found.get(2), found.get(3)),
        pinned.stream().map(Pinned::sha256).toList());
  }

  private static IdxFiles of(String dataset, String... hashes) {
    return new IdxFiles(
        dataset,
        List.of(
            new Pinned("train-images-idx3-ubyte", hashes[0]),
            new Pinned("train-labels-idx1-ubyte", hashes[1]),
            new Pinned("t10k-images-idx3-ubyte", hashes[2]),
            new Pinned("t10k-labels-idx1-ubyte", hashes[3])));
  }
}
