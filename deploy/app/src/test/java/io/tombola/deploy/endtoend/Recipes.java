package io.tombola.deploy.endtoend;

import io.tombola.deploy.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What readers of a document in {@code docs} copy: its fenced blocks, each with a name behind its
 * language.
 *
 * @param commands those to type, {@code recipe=NAME}
 * @param files those to save, {@code file=NAME}
 * @param answers what commands print, {@code answer=NAME}
 */
record Recipes(
    Map<String, String> commands, Map<String, String> files, Map<String, String> answers) {

  /** Where documents are. */
  static final Path DOCUMENTS = Checkout.root().resolve("deploy").resolve("docs");

  // Drawn where the document is shown, and not copied by anyone.
  private static final String DIAGRAM = "mermaid";

  private static final Pattern BLOCK =
      Pattern.compile("^```(.*?)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("\\w+ (recipe|file|answer)=(\\S+)");

  /** Reads a document, in which every block must have a name. */
  static Recipes read(String document) throws IOException {
    Recipes recipes = new Recipes(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    BLOCK
        .matcher(Files.readString(DOCUMENTS.resolve(document)))
        .results()
        .filter(block -> !block.group(1).equals(DIAGRAM))
        .forEach(b -> recipes.add(b.group(1), b.group(2)));
    return recipes;
  }

  private void add(String info, String body) {
    var name = NAMED.matcher(info);
    if (!name.matches()) {
      throw new IllegalStateException(
          "expected a block with a name that a test runs, found ```" + info);
    }
    Map<String, String> blocks =
        switch (name.group(1)) {
          case "recipe" -> commands;
          case "file" -> files;
          default -> answers;
        };
    blocks.put(name.group(2), body);
  }

  /** Whether there is nothing to copy. */
  boolean isEmpty() {
    return commands.isEmpty() && files.isEmpty();
  }
}
