package io.tombola.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What computes a training. */
public enum EngineName {
  /** Dense matrix products of DL4J's backend, with the mask laid over every update. */
  @JsonProperty("dl4j")
  DL4J,
  /** Surviving weights only. */
  @JsonProperty("sparse")
  SPARSE;

  /** As it is written everywhere, such as {@code dl4j}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
