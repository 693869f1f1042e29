package io.tombola.deploy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The block {@code data}. */
final class DataKeys {

  static final ConfigKey<List<String>> MNIST =
      ConfigKey.of(
              "data.mirrors.mnist",
              ConfigKeyType.TEXTS,
              """
              [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/"
              ]\
              """)
          .doc("Addresses of mnist.");

  static final ConfigKey<List<String>> CIFAR_10 =
      ConfigKey.of(
              "data.mirrors.cifar-10",
              ConfigKeyType.TEXTS,
              "[\"https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz\"]")
          .doc("Addresses of cifar-10.");

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock(
              "data",
              """
              Where mnist and cifar-10 are fetched, if they are neither in dataset.dir nor in the
              cache: $TOMBOLA_CACHE, else $XDG_CACHE_HOME/tombola, else ~/.cache/tombola, there
              datasets/NAME.\
              """),
          new ConfigBlock(
              "data.mirrors",
              """
              Web addresses, tried in this order until one has the files; they are checked by hash.
              An address that does not end in .gz is that of the folder of the original files.\
              """),
          MNIST,
          CIFAR_10);

  private DataKeys() {}

  static DataSettings read(ConfigReader config) {
    Map<String, List<URI>> mirrors = new LinkedHashMap<>();
    for (ConfigKey<List<String>> key : List.of(MNIST, CIFAR_10)) {
      mirrors.put(key.name(), addresses(config, key));
    }
    return new DataSettings(mirrors);
  }

  private static List<URI> addresses(ConfigReader config, ConfigKey<List<String>> key) {
    return config.get(key).stream()
        .map(
            text ->
                address(text)
                    .orElseThrow(
                        () ->
                            config.error(
                                key,
                                "expected addresses that begin with https:// or http://, found '"
                                    + text
                                    + "'")))
        .toList();
  }

  /** A web address; empty if the text is none. */
  static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
