package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What readers of {@code docs/consumers.md} copy: its fenced blocks, each with a name behind its
 * language.
 *
 * @param commands those to type, {@code recipe=NAME}
 * @param files those to save, {@code file=NAME}
 */
record Recipes(Map<String, String> commands, Map<String, String> files) {

  private static final Path DOCUMENT = Path.of("docs", "consumers.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(.*?)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("\\w+ (recipe|file)=(\\S+)");

  /** Reads the document, in which every block must have a name. */
  static Recipes read() throws IOException {
    Recipes recipes = new Recipes(new TreeMap<>(), new TreeMap<>());
    BLOCK
        .matcher(Files.readString(DOCUMENT))
        .results()
        .forEach(b -> recipes.add(b.group(1), b.group(2)));
    return recipes;
  }

  private void add(String info, String body) {
    var name = NAMED.matcher(info);
    if (!name.matches()) {
      throw new IllegalStateException(
          "expected a block with a name that a test runs, found " + info);
    }
    (name.group(1).equals("file") ? files : commands).put(name.group(2), body);
  }
}
