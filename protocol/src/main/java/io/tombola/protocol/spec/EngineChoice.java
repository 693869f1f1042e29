package io.tombola.protocol.spec;

/** Which engine trains a campaign's trials. */
public enum EngineChoice {
  /** For each trial by its network and density, and nothing else. */
  AUTO,
  /** DL4J for all. */
  DL4J,
  /** The sparse engine for all. */
  SPARSE
}
