package io.tombola.training.data;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A user's directory with the files of a data set. */
final class DataDirectory {

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /**
   * The directory that a campaign names.
   *
   * @throws BadDataException if it names none or what it names is none
   */
  static DataDirectory of(DatasetSpec spec) {
    String dir =
        spec.dir()
            .orElseThrow(
                () ->
                    new BadDataException(
                        ("dataset.dir: expected a directory with the files of %s, found none; add"
                                + " --set dataset.dir=DIR")
                            .formatted(spec.name())));
    try {
      return of(spec.name(), Path.of(dir));
    } catch (InvalidPathException e) {
      throw new BadDataException(
          "dataset.dir: expected a directory, found '%s' (%s); correct it"
              .formatted(dir, e.getReason()),
          e);
    }
  }

  static DataDirectory of(String dataset, Path path) {
    if (!Files.isDirectory(path)) {
      throw new BadDataException(
          "%s: expected a directory with the files of %s, found %s; correct dataset.dir"
              .formatted(path, dataset, Files.exists(path) ? "a file" : "nothing"));
    }
    return new DataDirectory(path);
  }

  Path path() {
    return path;
  }

  /** The names of the files, sorted. */
  List<String> names() {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a directory that can be listed, found %s; check its permissions"
              .formatted(path, ExceptionMessage.of(e)),
          e);
    }
  }
}
