package io.tombola.training.data;

import io.tombola.training.data.fetch.ContentCheck;
import io.tombola.training.data.fetch.Fetcher;
import io.tombola.training.data.fetch.RemoteFile;
import io.tombola.training.data.fetch.TarGz;
import io.tombola.training.data.fetch.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10's binary version as its author publishes it, one archive.
 *
 * @param check of the archive
 */
record CifarArchive(ContentCheck check) implements RemoteDataset {

  static final CifarArchive ORIGINAL =
      new CifarArchive(ContentCheck.md5("c32a1d4ab5d03f1284b67883e8d87530"));

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String FOLDER = "cifar-10-batches-bin";

  @Override
  public String dataset() {
    return "cifar-10";
  }

  @Override
  public String wanted() {
    return "the six .bin files of " + ARCHIVE;
  }

  @Override
  public boolean isIn(Path folder) {
    return CifarFiles.originalNames().stream()
        .allMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  @Override
  public void fetch(Fetcher fetcher, List<URI> mirrors, Path folder)
      throws UnavailableException, IOException {
    Path archive = folder.resolve(ARCHIVE);
    // An archive may be there already: put there by hand, or by a process killed while unpacking.
    if (!Files.isRegularFile(archive) || check.complaint(archive).isPresent()) {
      fetcher.fetch(new RemoteFile(ARCHIVE, mirrors, check), folder);
    }
    TarGz.unpack(archive, FOLDER, CifarFiles.originalNames(), folder);
    Files.delete(archive);
  }
}
