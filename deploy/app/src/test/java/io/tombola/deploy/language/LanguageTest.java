package io.tombola.deploy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.deploy.Checkout;
import io.tombola.deploy.language.ForbiddenWords.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sources and documents are written in the words of the field: none has a word of {@code
 * forbidden-words.txt}, but the few that {@code allowed-words.txt} names.
 */
final class LanguageTest {

  private static final Pattern CHECKED =
      Pattern.compile(".*\\.(java|md|conf|js|html|css|ya?ml|py|xml|txt)|.*/tombola|.*/\\.ci/run");
  private static final Pattern JAVA_FILE =
      Pattern.compile(".*/src/(main|test)/java/((?:\\w+/)+)\\w+\\.java");
  private static final Pattern ALLOWED = Pattern.compile("(\\S+) -> ([a-z* ]+), (.+)");

  private static final String ANY = "*";

  @Test
  void wordsAreThoseOfTheField() throws IOException {
    ForbiddenWords forbidden = ForbiddenWords.parse(lines("forbidden-words.txt"));
    Map<String, Set<String>> allowed = allowed();
    Set<String> exempt = new TreeSet<>(lines("exempt-packages.txt"));
    Set<String> needed = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (Path file : Checkout.files(file -> CHECKED.matcher(file.toString()).matches())) {
      String unit = unit(file);
      Set<String> words = allowed.getOrDefault(file.getFileName().toString(), Set.of());
      for (Found found : forbidden.in(Files.readString(file))) {
        if (words.contains(found.word()) || words.contains(ANY)) {
          continue;
        }
        if (exempt.contains(unit)) {
          needed.add(unit);
        } else {
          problems.add(
              "%s:%d: '%s': write %s"
                  .formatted(
                      Checkout.root().relativize(file),
                      found.line(),
                      found.word(),
                      found.instead()));
        }
      }
    }
    assertEquals("", String.join("\n", problems), "words that a reader would not search for");
    assertEquals(needed, exempt, "exempt-packages.txt only gets shorter: remove what is clean");
  }

  @Test
  void namesAndPhrasesAreTakenApart() {
    ForbiddenWords words = ForbiddenWords.parse(List.of("# comment", "desk -> x", "goes on -> y"));

    assertEquals(
        List.of(
            new Found(1, "desk", "x"),
            new Found(2, "desk", "x"),
            new Found(3, "goes on", "y"),
            new Found(5, "desk", "x"),
            new Found(5, "desk", "x")),
        words.in("MyDeskTest desktop\nDESK_SIZE\nit goes\n * on\nDESKSize HTTPDesk"));
  }

  /** Names of files, each with the words that it may have. */
  private static Map<String, Set<String>> allowed() throws IOException {
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (String line : lines("allowed-words.txt")) {
      var entry = ALLOWED.matcher(line);
      if (!line.startsWith("#") && entry.matches()) {
        allowed.computeIfAbsent(entry.group(1), file -> new TreeSet<>()).add(entry.group(2));
      }
    }
    return allowed;
  }

  /** A package with its source set, or a file outside of packages by its path. */
  private static String unit(Path file) throws IOException {
    var java = JAVA_FILE.matcher(file.toString());
    return java.matches()
        ? java.group(1) + " " + java.group(2).replace('/', '.').replaceFirst("\\.$", "")
        : Checkout.root().relativize(file).toString();
  }

  private static List<String> lines(String resource) throws IOException {
    try (var in = LanguageTest.class.getResourceAsStream("/language/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
