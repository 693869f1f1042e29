package io.tombola.training.data.fetch;

import java.net.URI;
import java.util.List;

/**
 * A file to download.
 *
 * @param name the name of the file, remote and local
 * @param mirrors in the order in which they are tried; an address that ends in .gz is that of the
 *     file, any other one that of its folder
 * @param check of the downloaded content
 */
public record RemoteFile(String name, List<URI> mirrors, ContentCheck check) {

  /** The file's own address at each mirror. */
  List<URI> addresses() {
    return mirrors.stream().map(this::at).toList();
  }

  private URI at(URI mirror) {
    String address = mirror.toString();
    if (address.endsWith(".gz")) {
      return mirror;
    }
    return URI.create(address + (address.endsWith("/") ? "" : "/") + name);
  }
}
