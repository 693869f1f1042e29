package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing in the documents is there to be copied that no test follows. */
final class DocumentsTest {

  /** Followed by tests, each of which holds the names of a document's blocks. */
  private static final Set<String> FOLLOWED =
      Set.of(ConsumerRecipes.DOCUMENT, ServeRecipes.DOCUMENT, MetricsTest.DOCUMENT);

  @Test
  void everyDocumentWithRecipesIsFollowed() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> documents = Files.list(Recipes.DOCUMENTS)) {
      for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        String name = document.getFileName().toString();
        if (!Recipes.read(name).isEmpty()) {
          found.add(name);
        }
      }
    }
    assertEquals(FOLLOWED, found);
  }
}
