package io.tombola.training.data;

import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.training.data.fetch.FetchListener;
import io.tombola.training.data.fetch.Fetcher;
import io.tombola.training.data.fetch.FolderLock;
import io.tombola.training.data.fetch.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where data sets come from that do not ship inside and are not in a directory of the user's: a
 * cache, which is filled from mirrors when it has to be. Thread-safe.
 */
public final class DataSources {

  private final Path cache;
  private final Map<String, List<URI>> mirrors;
  private final Fetcher fetcher;

  /**
   * Sources.
   *
   * @param mirrors asked in this order, by name of data set; none for one that is left out
   */
  public DataSources(Path cache, Map<String, List<URI>> mirrors, FetchListener listener) {
    this(cache, mirrors, new Fetcher(listener));
  }

  DataSources(Path cache, Map<String, List<URI>> mirrors, Fetcher fetcher) {
    this.cache = cache;
    this.mirrors = Map.copyOf(mirrors);
    this.fetcher = fetcher;
  }

  /**
   * The cache of a user: {@code $TOMBOLA_CACHE}, else {@code $XDG_CACHE_HOME/tombola}, else {@code
   * ~/.cache/tombola}.
   *
   * @param environment of the process
   * @param home the user's home directory
   */
  public static Path cacheOf(Map<String, String> environment, Path home) {
    return Stream.of(
            environment.getOrDefault("TOMBOLA_CACHE", ""),
            under(environment.getOrDefault("XDG_CACHE_HOME", "")))
        .filter(folder -> !folder.isBlank())
        .findFirst()
        .map(Path::of)
        .orElseGet(() -> home.resolve(".cache").resolve("tombola"));
  }

  /**
   * Ends a fetch under way, and any later one, by {@link
   * io.tombola.training.data.fetch.FetchStoppedException}; for another thread to call.
   */
  public void stop() {
    fetcher.stop();
  }

  /**
   * The folder with a data set's files, fetched if they are not there.
   *
   * @throws BadDataException if they cannot be
   */
  DataDirectory folder(RemoteDataset data) {
    Path folder = cache.resolve("datasets").resolve(data.dataset());
    if (!data.isIn(folder)) {
      fill(folder, data);
    }
    return DataDirectory.of(data.dataset(), folder);
  }

  private void fill(Path folder, RemoteDataset data) {
    try {
      Files.createDirectories(folder);
      try (FolderLock lock = fetcher.lock(folder)) {
        if (!data.isIn(folder)) {
          data.fetch(fetcher, mirrors.getOrDefault(data.dataset(), List.of()), folder);
        }
      }
    } catch (UnavailableException e) {
      throw new BadDataException(
          "%s: expected a mirror to have %s, found %s; put %s into %s, or into DIR and add --set"
                  .formatted(
                      data.dataset(), e.file(), ExceptionMessage.of(e), data.wanted(), folder)
              + " dataset.dir=DIR",
          e);
    } catch (IOException e) {
      throw new BadDataException(
          "%s: expected a cache that files of %s can be written to, found %s; set TOMBOLA_CACHE to"
                  .formatted(folder, data.dataset(), ExceptionMessage.of(e))
              + " another folder",
          e);
    }
  }

  private static String under(String cacheHome) {
    return cacheHome.isBlank() ? "" : Path.of(cacheHome, "tombola").toString();
  }
}
