package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A folder to follow recipes in, with the files of the document. */
record RecipeFolder(Path path, Recipes recipes) {

  /** Lays out a folder for a document's recipes. */
  static RecipeFolder in(Path path, String document) throws IOException {
    RecipeFolder folder = new RecipeFolder(path, Recipes.read(document));
    for (Map.Entry<String, String> file : folder.recipes.files().entrySet()) {
      Files.writeString(path.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** Puts a command first on the path of recipes. */
  void addCommand(String name, String program) throws IOException {
    addScript(commands().resolve(name), "'" + program + "'");
  }

  /** Puts a program at {@code file}, which passes its arguments on to {@code command}. */
  static void addScript(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private Path commands() {
    return path.resolve("commands");
  }

  /** Starts a recipe as it stands, with more in its environment. */
  RecipeProcess start(String recipe, Map<String, String> environment) throws IOException {
    return start(recipe, environment, UnaryOperator.identity());
  }

  /** Starts a recipe as {@code change} makes it. */
  RecipeProcess start(String recipe, UnaryOperator<String> change) throws IOException {
    return start(recipe, Map.of(), change);
  }

  private RecipeProcess start(
      String recipe, Map<String, String> environment, UnaryOperator<String> change)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", change.apply(recipes.commands().get(recipe)));
    builder.directory(path.toFile());
    TombolaProcess.environment(builder.environment());
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", commands().toString(), (all, first) -> first + ":" + all);
    return RecipeProcess.start(builder, path.resolve(recipe + ".err"));
  }

  /** The whole lines of a file, none while there is no such file. */
  List<String> lines(String name) throws IOException {
    Path file = path.resolve(name);
    String text = Files.exists(file) ? Files.readString(file) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
