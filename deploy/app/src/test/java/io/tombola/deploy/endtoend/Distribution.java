package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars that the launcher runs and the archives of their classes, where the build has packaged
 * them: the integration tests of Maven. Elsewhere, such as in an IDE, the class path of the test.
 */
final class Distribution {

  private static final Optional<Path> JARS =
      Optional.ofNullable(System.getProperty("tombola.distribution")).map(Path::of);

  private Distribution() {}

  /** As for Java's option {@code -cp}. */
  static String classPath() {
    return JARS.map(jars -> jars + "/*").orElse(System.getProperty("java.class.path"));
  }

  /** The path of the archives up to their object alignment. */
  static Optional<String> classArchives() {
    return JARS.map(jars -> jars.resolveSibling("archives"))
        .filter(Files::isDirectory)
        .flatMap(Distribution::archivesIn);
  }

  private static Optional<String> archivesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(f -> f.endsWith("-8.jsa"))
          .findFirst()
          .map(file -> file.substring(0, file.length() - "-8.jsa".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
