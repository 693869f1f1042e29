package io.tombola.deploy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of this checkout, for tests that read sources and documents. */
public final class Checkout {

  private static final Set<String> LEFT_OUT = Set.of(".git", "target", ".idea", "node_modules");

  private Checkout() {}

  /** The repository's root, whichever module runs the test. */
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (Files.notExists(directory.resolve("deploy/bin/tombola"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** The files that are wanted, sorted; none that a build made. */
  public static List<Path> files(Predicate<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_OUT.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (wanted.test(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found;
  }
}
