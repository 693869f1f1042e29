package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what the documents say against the checkout. */
final class DocumentsTest {

  /** Followed by tests, each of which holds the names of a document's blocks. */
  private static final Set<String> FOLLOWED =
      Set.of(ConsumerRecipes.DOCUMENT, ServeRecipes.DOCUMENT, MetricsIT.DOCUMENT);

  /** Documents that name types of the code, which must exist. */
  private static final List<String> NAMING_TYPES = List.of("glossary.md", "architecture.md");

  /** Stored names that are no type any more. */
  private static final Set<String> STORED = Set.of("CampaignUnpaused");

  private static final int README_LINES = 150;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.\\w+)*`");
  // A section that names tests of earlier versions.
  private static final Pattern HISTORY =
      Pattern.compile("^## Proofs that moved$.*", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))`");
  // The project's own version ends otherwise.
  private static final Pattern VERSION =
      Pattern.compile("<(?:[\\w.-]+\\.)?version>(\\d[\\w.-]*(?<!-SNAPSHOT))</");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

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

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    Path root = Checkout.root();
    List<String> broken = new ArrayList<>();
    for (Path document : Checkout.files(file -> file.toString().endsWith(".md"))) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(link -> link.group(1))
          .filter(link -> Files.notExists(document.resolveSibling(link)))
          .forEach(link -> broken.add(root.relativize(document) + ": " + link));
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyTypeThatIsNamedExists() throws IOException {
    Set<String> types = types();
    List<String> missing = new ArrayList<>();
    for (String document : NAMING_TYPES) {
      TYPE.matcher(Files.readString(Recipes.DOCUMENTS.resolve(document)))
          .results()
          .map(type -> type.group(1))
          .filter(type -> !types.contains(type) && !STORED.contains(type))
          .forEach(type -> missing.add(document + ": " + type));
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> types = types();
    List<String> missing = new ArrayList<>();
    for (Path document : Checkout.files(file -> file.toString().endsWith(".md"))) {
      TEST.matcher(HISTORY.matcher(Files.readString(document)).replaceFirst(""))
          .results()
          .map(test -> test.group(1))
          .filter(test -> !types.contains(test))
          .forEach(test -> missing.add(document.getFileName() + ": " + test));
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyVersionOfTheBuildIsInTheListOfLibraries() throws IOException {
    String list = Files.readString(Checkout.root().resolve("THIRD-PARTY.md"));
    List<String> missing = new ArrayList<>();
    for (Path pom : Checkout.files(file -> file.endsWith("pom.xml"))) {
      VERSION
          .matcher(Files.readString(pom))
          .results()
          .filter(version -> !list.contains(version.group(1)))
          .forEach(version -> missing.add(version.group()));
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void theReadmeIsShort() throws IOException {
    long lines = Files.readString(Checkout.root().resolve("README.md")).lines().count();
    assertTrue(lines <= README_LINES, "expected at most 150 lines, found " + lines);
  }

  /** The simple names of all types, those of tests included. */
  private static Set<String> types() throws IOException {
    Set<String> types = new TreeSet<>();
    for (Path file : Checkout.files(file -> file.toString().endsWith(".java"))) {
      types.addAll(
          DECLARED
              .matcher(Files.readString(file))
              .results()
              .map(type -> type.group(1))
              .collect(Collectors.toSet()));
    }
    return types;
  }
}
