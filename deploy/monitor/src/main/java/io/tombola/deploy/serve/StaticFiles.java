package io.tombola.deploy.serve;

import akka.util.ByteString;
import io.tombola.deploy.report.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dashboard's files on the class path: its own, those shared with the report, and uPlot.
 * Stateless and thread-safe.
 */
final class StaticFiles {

  /**
   * A file of the dashboard.
   *
   * @param mediaType such as {@code text/css}
   */
  record File(String mediaType, ByteString bytes) {}

  static final String PAGE = "index.html";

  /** Allows no path separators. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*\\.([a-z]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "png", "image/png");
  private static final Map<String, File> UPLOT =
      Map.of(
          "uPlot.iife.min.js", uplot("text/javascript", "dist/uPlot.iife.min.js"),
          "uPlot.min.css", uplot("text/css", "dist/uPlot.min.css"),
          "uPlot-LICENSE", uplot("text/plain", "LICENSE"));

  private StaticFiles() {}

  /** The file of that name, if there is one. */
  static Optional<File> find(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.ofNullable(UPLOT.get(name));
    }
    return Optional.ofNullable(TYPES.get(parts.group(1)))
        .flatMap(
            type ->
                read(StaticFiles.class, name)
                    .or(() -> read(Assets.class, name).filter(shared -> !type.equals("text/html")))
                    .map(bytes -> new File(type, bytes)));
  }

  private static Optional<ByteString> read(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(ByteString.fromArray(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " from the class path", e);
    }
  }

  private static File uplot(String mediaType, String path) {
    return new File(mediaType, ByteString.fromString(Assets.uplot(path)));
  }
}
