package io.tombola.storage.artifact;

import io.tombola.protocol.ArtifactRef;
import java.nio.file.Path;

/** An artifact is missing, or its content is not what its name says. */
public final class CorruptArtifactException extends RuntimeException {

  /** What is wrong. */
  public enum Kind {
    /** There is no such file. */
    MISSING,
    /** The file's content has another hash. */
    DAMAGED
  }

  private final Kind kind;
  private final ArtifactRef artifact;

  private CorruptArtifactException(Kind kind, ArtifactRef artifact, String message) {
    super(message);
    this.kind = kind;
    this.artifact = artifact;
  }

  static CorruptArtifactException missing(ArtifactRef artifact, Path file) {
    return new CorruptArtifactException(
        Kind.MISSING,
        artifact,
        "missing artifact: expected a file at " + file + ", found none; see 'tombola verify'");
  }

  static CorruptArtifactException damaged(
      ArtifactRef artifact, Path file, ArtifactRef found, long bytes) {
    return new CorruptArtifactException(
        Kind.DAMAGED,
        artifact,
        "damaged artifact: expected SHA-256 "
            + artifact
            + " at "
            + file
            + ", found "
            + found
            + " ("
            + bytes
            + " bytes); see 'tombola verify'");
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The artifact that was asked for. */
  public ArtifactRef artifact() {
    return artifact;
  }
}
