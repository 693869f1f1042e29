package io.tombola.deploy.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The resources that go into the report and the dashboard, among them the plot library uPlot. */
public final class Assets {

  private static final String UPLOT_MAVEN = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/";

  private Assets() {}

  /** A file of this package. */
  static String own(String name) {
    return text(name);
  }

  /** A file of uPlot's, whatever version is on the class path. */
  public static String uplot(String path) {
    Properties maven = new Properties();
    try (InputStream in = open(UPLOT_MAVEN)) {
      maven.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text(UPLOT + maven.getProperty("version") + "/" + path);
  }

  private static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = Assets.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("missing on the class path: " + resource);
    }
    return in;
  }
}
