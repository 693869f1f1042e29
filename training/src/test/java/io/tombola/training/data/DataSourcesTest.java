package io.tombola.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.TestCampaigns;
import io.tombola.training.data.fetch.ContentCheck;
import io.tombola.training.data.fetch.Mirror;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache and what fills it; Fashion-MNIST's files stand in for those of MNIST. */
class DataSourcesTest {

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String FOLDER = "cifar-10-batches-bin/";

  @TempDir private Path cache;
  private Mirror mirror;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void fourIdxFilesAreFetchedOnce() throws IOException {
    serveFashionMnist();
    DataDirectory folder = sources("fashion-mnist").folder(IdxFiles.FASHION_MNIST);
    assertEquals(cache.resolve("datasets/fashion-mnist"), folder.path());
    assertEquals(
        TestCampaigns.fashionMnist().contentHash(),
        IdxFiles.FASHION_MNIST.in(folder).read().contentHash());
    sources("fashion-mnist").folder(IdxFiles.FASHION_MNIST);
    assertEquals(4, mirror.served().size());
  }

  @Test
  void aFileThatIsThereIsNotFetched() throws IOException {
    serveFashionMnist();
    Path folder = Files.createDirectories(cache.resolve("datasets/fashion-mnist"));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[0]);
    sources("fashion-mnist").folder(IdxFiles.FASHION_MNIST);
    assertEquals(3, mirror.served().size());
  }

  @Test
  void twoAtOnceFetchOnce() throws Exception {
    serveFashionMnist();
    List<CompletableFuture<DataDirectory>> both =
        Stream.of(1, 2)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> sources("fashion-mnist").folder(IdxFiles.FASHION_MNIST)))
            .toList();
    for (CompletableFuture<DataDirectory> one : both) {
      assertEquals(60_000, IdxFiles.FASHION_MNIST.in(one.get()).read().train().count());
    }
    assertEquals(4, mirror.served().size());
  }

  @Test
  void cifarsArchiveIsUnpackedAndNothingElseOfIt() throws Exception {
    byte[] archive = archive(FOLDER, "../escaped.bin", "data_batch_1.bin");
    CifarArchive data = new CifarArchive(ContentCheck.md5(md5(archive)));
    mirror.with(ARCHIVE, archive);
    DataDirectory folder = sources("cifar-10").folder(data);
    assertEquals(CifarFiles.originalNames(), folder.names());
    for (String name : folder.names()) {
      assertEquals(FOLDER + name, Files.readString(folder.path().resolve(name)));
    }
    assertFalse(Files.exists(cache.resolve("datasets/escaped.bin")));
    sources("cifar-10").folder(data);
    assertEquals(1, mirror.served().size());
  }

  @Test
  void anArchivePutIntoTheCacheByHandIsUsed() throws Exception {
    byte[] archive = archive(FOLDER);
    Path folder = Files.createDirectories(cache.resolve("datasets/cifar-10"));
    Files.write(folder.resolve(ARCHIVE), archive);
    sources("cifar-10").folder(new CifarArchive(ContentCheck.md5(md5(archive))));
    assertEquals(List.of(), mirror.served());
    assertFalse(Files.exists(folder.resolve(ARCHIVE)));
  }

  @Test
  void anArchiveWithoutTheFilesIsNamed() throws Exception {
    byte[] archive = archive("elsewhere/");
    mirror.with(ARCHIVE, archive);
    DataFixtures.assertOneLine(
        () -> sources("cifar-10").folder(new CifarArchive(ContentCheck.md5(md5(archive)))),
        ARCHIVE + " without",
        "data_batch_3.bin");
  }

  @Test
  void noMirrorIsOneLineWithWhatToDo() {
    URI gone = mirror.folder();
    mirror.close();
    DataSources sources = sources("mnist");
    DataFixtures.assertOneLine(
        () -> Datasets.load(spec("mnist"), sources),
        "mnist: expected a mirror to have train-images-idx3-ubyte.gz, found " + gone,
        "no connection; put the four original files",
        " into " + cache.resolve("datasets/mnist"),
        "add --set dataset.dir=DIR");
    DataFixtures.assertOneLine(
        () -> Datasets.load(spec("cifar-10"), sources),
        "cifar-10: expected a mirror to have " + ARCHIVE + ", found no mirror; put the six .bin");
  }

  @Test
  void contentOfAnotherDataSetIsNeverTrusted() throws IOException {
    serveFashionMnist();
    mirror.with(ARCHIVE, archive(FOLDER));
    for (String name : List.of("mnist", "cifar-10")) {
      DataFixtures.assertOneLine(
          () -> Datasets.load(spec(name), sources(name)), name, "wrong content");
      try (Stream<Path> left = Files.list(cache.resolve("datasets").resolve(name))) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Files.write(cache.resolve("datasets"), new byte[0]);
    DataFixtures.assertOneLine(
        () -> Datasets.load(spec("mnist"), sources("mnist")),
        cache.resolve("datasets/mnist").toString(),
        "set TOMBOLA_CACHE");
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() {
    Path home = Path.of("home");
    assertEquals(Path.of("home/.cache/tombola"), DataSources.cacheOf(Map.of(), home));
    Map<String, String> xdg = Map.of("XDG_CACHE_HOME", "x", "TOMBOLA_CACHE", "");
    assertEquals(Path.of("x/tombola"), DataSources.cacheOf(xdg, home));
    Map<String, String> own = Map.of("XDG_CACHE_HOME", "x", "TOMBOLA_CACHE", "t");
    assertEquals(Path.of("t"), DataSources.cacheOf(own, home));
  }

  private DataSources sources(String dataset) {
    return new DataSources(cache, Map.of(dataset, List.of(mirror.folder())), news -> {});
  }

  private static DatasetSpec spec(String name) {
    return new DatasetSpec(name, Optional.empty());
  }

  private void serveFashionMnist() throws IOException {
    for (IdxFiles.Pinned file : IdxFiles.FASHION_MNIST.pinned()) {
      String resource = "fashion-mnist/" + file.name() + ".gz";
      try (InputStream in = Datasets.class.getResourceAsStream(resource)) {
        mirror.with(file.name() + ".gz", in.readAllBytes());
      }
    }
  }

  /** The original files' names in a folder, each with its path as content, and more entries. */
  private static byte[] archive(String folder, String... others) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name :
          Stream.concat(Stream.of(others), CifarFiles.originalNames().stream().map(folder::concat))
              .toList()) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(name.length());
        tar.putArchiveEntry(entry);
        tar.write(name.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return DataFixtures.gzip(bytes.toByteArray());
  }

  private static String md5(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }
}
