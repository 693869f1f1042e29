package io.tombola.training.data.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A gzipped tar archive. */
public final class TarGz {

  private TarGz() {}

  /**
   * Unpacks files of one folder of the archive, and no other entry, so that none can lead
   * elsewhere; each file appears whole or not at all.
   *
   * @param from the folder in the archive
   * @param names the files in it
   * @param into where they go, under the same names
   * @throws IOException if one is missing or cannot be written
   */
  public static void unpack(Path archive, String from, List<String> names, Path into)
      throws IOException {
    Set<String> missing = new HashSet<>(names);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw, 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && entry.getName().equals(from + "/" + name) && missing.remove(name)) {
          write(tar, into.resolve(name));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(archive.getFileName() + " without " + String.join(", ", missing));
    }
  }

  private static void write(InputStream content, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
    Fetcher.sync(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
