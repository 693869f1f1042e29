package io.tombola.training.engine;

/**
 * A slot that one training at a time can run on.
 *
 * @param id {@code cpu:0}, {@code cuda:1}, ...
 * @param description for people
 */
public record Device(String id, Kind kind, String description) {

  /** The kinds of devices. */
  public enum Kind {
    /** One processor core. */
    CPU,
    /** One NVIDIA GPU. */
    CUDA
  }
}
