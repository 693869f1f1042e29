package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The recipes of {@code docs/serve.md}, at loopback and at ports that are free. */
record ServeRecipes(RecipeFolder folder) {

  /** The document. */
  static final String DOCUMENT = "serve.md";

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String ANNOUNCEMENT = "dashboard: ";
  private static final String SHORT =
      "--set training.iterations=500 --set training.checkpoint-every=100"
          + " --set dataset.validation=200 --set dataset.test-limit=300";
  private static final Pattern SERVER =
      Pattern.compile("http://(127\\.0\\.0\\.1|lab\\.example):8420");

  /** Lays out a folder. */
  static ServeRecipes in(Path path) throws IOException {
    RecipeFolder.addScript(
        path.resolve("deploy").resolve("bin").resolve("tombola"),
        "'" + String.join("' '", TombolaProcess.command()) + "'");
    return new ServeRecipes(RecipeFolder.in(path, DOCUMENT));
  }

  /** Starts a recipe that serves, and waits until it does. */
  Server serve(String recipe) throws IOException {
    Server server = new Server(folder, recipe, folder.start(recipe, ServeRecipes::atHome));
    server.await(ANNOUNCEMENT, 1);
    return server;
  }

  /** At a free port, on loopback, and with trainings that end in seconds. */
  private static String atHome(String recipe) {
    return recipe
        .replace("tombola run --serve", "tombola run --serve=0 " + SHORT)
        .replace("tombola serve", "tombola serve --port 0")
        .replace("0.0.0.0", "127.0.0.1");
  }

  /** Starts the recipe of a client. */
  RecipeProcess ask(Server server, String recipe) throws IOException {
    String address = Matcher.quoteReplacement("http://127.0.0.1:" + server.port());
    return folder.start(recipe, text -> SERVER.matcher(text).replaceAll(address));
  }

  /** A recipe that serves. */
  record Server(RecipeFolder folder, String recipe, RecipeProcess process)
      implements AutoCloseable {

    URI url() throws IOException {
      return URI.create(said(ANNOUNCEMENT).get(0).substring(ANNOUNCEMENT.length()));
    }

    int port() throws IOException {
      return url().getPort();
    }

    /** The lines on standard error that begin like this. */
    List<String> said(String beginning) throws IOException {
      return errors().stream().filter(line -> line.startsWith(beginning)).toList();
    }

    private List<String> errors() throws IOException {
      return folder.lines(recipe + ".err");
    }

    /** Waits until so many lines on standard error begin like this. */
    void await(String beginning, int lines) throws IOException {
      Awaitility.await(beginning)
          .atMost(TIMEOUT)
          .until(() -> said(beginning).size() >= lines || !process.isAlive());
      if (said(beginning).size() < lines) {
        throw new IOException("the process ended first; it said: " + errors());
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
