package io.tombola.storage.artifact;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.Failpoint;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Content-addressed files: each has the SHA-256 of its content as its name. Thread-safe, also
 * between processes.
 *
 * <p>Methods that write throw {@link NoSpaceException} when the disk is full.
 */
public final class ArtifactStore {

  private final StoreLayout layout;

  /** The artifacts of {@code layout}; missing directories are created when needed. */
  public ArtifactStore(StoreLayout layout) {
    this.layout = layout;
  }

  /** Stores {@code content} durably unless it is stored already; replaces a damaged copy. */
  public ArtifactRef put(byte[] content) {
    ArtifactRef artifact = ArtifactRef.of(content);
    if (damage(artifact).isPresent()) {
      DurableFiles.createDirectories(layout.artifactDirectory(artifact));
      DurableFiles.write(layout.artifact(artifact), content);
    }
    return artifact;
  }

  /**
   * The content of {@code artifact}, checked against its name.
   *
   * @throws CorruptArtifactException if it is missing or damaged
   */
  public byte[] get(ArtifactRef artifact) {
    Path file = layout.artifact(artifact);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CorruptArtifactException.missing(artifact, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + ExceptionMessage.of(e), e);
    }
    ArtifactRef found = ArtifactRef.of(content);
    if (!found.equals(artifact)) {
      throw CorruptArtifactException.damaged(artifact, file, found, content.length);
    }
    return content;
  }

  /** What is wrong with {@code artifact}; empty if nothing is. */
  public Optional<CorruptArtifactException> damage(ArtifactRef artifact) {
    try {
      get(artifact);
      return Optional.empty();
    } catch (CorruptArtifactException e) {
      return Optional.of(e);
    }
  }

  /** Deletes {@code artifact}; returns whether it existed. */
  public boolean delete(ArtifactRef artifact) {
    return delete(layout.artifact(artifact));
  }

  /** Every stored artifact, damaged or not, by name. */
  public List<ArtifactRef> list() {
    return files().stream()
        .flatMap(file -> artifactAt(file).stream())
        .sorted((a, b) -> a.sha256().compareTo(b.sha256()))
        .toList();
  }

  /**
   * Deletes every file that is not one of {@code live}, including temporary files of crashes. No
   * thread or process may {@link #put} meanwhile: an artifact is written before the event that
   * refers to it.
   *
   * @return the deleted files
   */
  public List<Path> sweep(Set<ArtifactRef> live) {
    List<Path> removed = new ArrayList<>();
    for (Path file : files()) {
      boolean keep = artifactAt(file).filter(live::contains).isPresent();
      if (!keep && delete(file)) {
        removed.add(file);
      }
    }
    return List.copyOf(removed);
  }

  private static boolean delete(Path file) {
    Failpoint.DELETE_DUE.hit();
    try {
      boolean deleted = Files.deleteIfExists(file);
      Failpoint.DELETED.hit();
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + ExceptionMessage.of(e), e);
    }
  }

  private List<Path> files() {
    return entries(layout.artifacts()).stream()
        .flatMap(entry -> Files.isDirectory(entry) ? entries(entry).stream() : Stream.of(entry))
        .filter(Files::isRegularFile)
        .sorted()
        .toList();
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + ExceptionMessage.of(e), e);
    }
  }

  private Optional<ArtifactRef> artifactAt(Path file) {
    try {
      ArtifactRef artifact = new ArtifactRef(file.getFileName().toString());
      return Optional.of(artifact).filter(named -> layout.artifact(named).equals(file));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
