package io.tombola.training.engine.dense.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The version of DL4J on the class path. */
public final class Dl4jVersion {

  private Dl4jVersion() {}

  /** Such as {@code 1.0.0-M2.1}. */
  public static String find() {
    try {
      return Optional.ofNullable(
              Loader.getVersion("org.deeplearning4j", "deeplearning4j-nn", MultiLayerNetwork.class))
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version of deeplearning4j-nn", e);
    }
  }
}
