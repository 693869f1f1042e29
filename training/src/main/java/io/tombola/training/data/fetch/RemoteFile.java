package io.tombola.training.data.fetch;

import java.net.URI;
import java.util.List;

/**
 * A file on the web.
 *
 * @param name as it is called there and here
 * @param mirrors asked in this order; an address that ends in .gz is the file's own, any other that
 *     of the folder it lies in
 * @param check tells the file from anything else
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
