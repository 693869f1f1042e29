package io.tombola.training.data;

import io.tombola.training.data.fetch.Fetcher;
import io.tombola.training.data.fetch.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A data set whose files are on the web. */
interface RemoteDataset {

  /** As in {@link Datasets#names}. */
  String dataset();

  /** Names what a user without a network has to find. */
  String wanted();

  /** Whether all files are in a folder. */
  boolean isIn(Path folder);

  /** Brings the files that are missing into a folder. */
  void fetch(Fetcher fetcher, List<URI> mirrors, Path folder)
      throws UnavailableException, IOException;
}
