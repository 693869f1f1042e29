package io.tombola.deploy.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The campaigns that are part of Tombola. */
public final class Presets {

  /** The campaign that {@code run} runs if none is given. */
  public static final String DEFAULT = "quickstart";

  private static final List<String> NAMES =
      List.of(
          DEFAULT,
          "lenet-fashion-mnist",
          "lenet-mnist-small",
          "lenet-mnist-oneshot-small",
          "conv2-cifar10-small",
          "conv4-cifar10-small",
          "conv6-cifar10-small",
          "lenet-mnist",
          "lenet-mnist-oneshot",
          "conv2-cifar10",
          "conv4-cifar10",
          "conv6-cifar10");

  private Presets() {}

  /**
   * A preset.
   *
   * @param description one line
   */
  public record Preset(String name, String description) {}

  /** All presets, the default first. */
  public static List<Preset> all() {
    return NAMES.stream().map(name -> new Preset(name, description(name))).toList();
  }

  /** The names of all presets, the default first. */
  public static List<String> names() {
    return NAMES;
  }

  /** The campaign file of a preset; empty if there is none of that name. */
  static Optional<String> source(String name) {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  private static String description(String name) {
    return read(name).lines().findFirst().orElseThrow().replaceFirst("^# *", "");
  }

  private static String read(String name) {
    String resource = "/presets/" + name + ".conf";
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
    }
  }
}
