package io.tombola.training.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.data.fetch.FetchProgress.Advanced;
import io.tombola.training.data.fetch.FetchProgress.Began;
import io.tombola.training.data.fetch.FetchProgress.Ended;
import io.tombola.training.data.fetch.FetchProgress.Failed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {

  private static final String NAME = "file.gz";
  private static final int SIZE = 1_000_000;
  private static final byte[] CONTENT = new byte[SIZE];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir private Path folder;
  private final List<FetchProgress> news = new CopyOnWriteArrayList<>();
  private final Fetcher fetcher = new Fetcher(news::add, Duration.ofSeconds(1));
  private Mirror mirror;
  private Mirror second;

  @BeforeEach
  void start() throws IOException {
    mirror = new Mirror();
    second = new Mirror();
  }

  @AfterEach
  void stop() {
    mirror.close();
    second.close();
  }

  @Test
  void tellsHowManyBytesOfHowMany() throws Exception {
    URI from = mirror.with(NAME, CONTENT).folder().resolve(NAME);
    assertFetched(mirror);
    assertEquals(new Began(from, 0), news.get(0));
    assertEquals(new Advanced(from, SIZE, OptionalLong.of(SIZE)), news.get(news.size() - 2));
    assertEquals(new Ended(from, SIZE), news.get(news.size() - 1));
  }

  @Test
  void afterACutOnlyTheRestIsTransferred() throws Exception {
    assertFetched(mirror.with(NAME, CONTENT).cutting(1));
    assertEquals(
        List.of(
            new Mirror.Served(NAME, Optional.empty(), 200, SIZE / 2),
            new Mirror.Served(NAME, Optional.of("bytes=500000-"), 206, SIZE / 2)),
        mirror.served());
    assertTrue(news.contains(new Began(mirror.folder().resolve(NAME), SIZE / 2)));
  }

  @Test
  void resumesThePartialFileOfAnEarlierProcess() throws Exception {
    Files.write(folder.resolve(NAME + ".part"), Arrays.copyOf(CONTENT, 900_000));
    assertFetched(mirror.with(NAME, CONTENT));
    assertEquals(
        List.of(new Mirror.Served(NAME, Optional.of("bytes=900000-"), 206, 100_000)),
        mirror.served());
  }

  @Test
  void aServerThatIgnoresRangeStartsOver() throws Exception {
    Files.write(folder.resolve(NAME + ".part"), Arrays.copyOf(CONTENT, 900_000));
    assertFetched(mirror.with(NAME, CONTENT).ignoringRange());
    assertEquals(
        List.of(new Mirror.Served(NAME, Optional.of("bytes=900000-"), 200, SIZE)), mirror.served());
  }

  @Test
  void aWholePartThatAnEarlierProcessLeftIsUsed() throws Exception {
    Files.write(folder.resolve(NAME + ".part"), CONTENT);
    assertFetched(mirror.with(NAME, CONTENT));
    assertEquals(416, mirror.served().get(0).status());
    assertEquals(1, mirror.served().size());
  }

  @Test
  void aWrongPartThatAnEarlierProcessLeftIsThrownAway() throws Exception {
    Files.write(folder.resolve(NAME + ".part"), new byte[SIZE / 4]);
    assertFetched(mirror.with(NAME, CONTENT));
    assertEquals(List.of(206, 200), mirror.served().stream().map(Mirror.Served::status).toList());
  }

  @Test
  void theSecondMirrorStepsInForAMissingFile() throws Exception {
    second.with(NAME, CONTENT);
    assertFetched(mirror, second);
    assertTrue(news.contains(new Failed(mirror.folder().resolve(NAME), "HTTP 404")));
  }

  @Test
  void theSecondMirrorStepsInForWrongContent() throws Exception {
    mirror.with(NAME, new byte[SIZE]);
    second.with(NAME, CONTENT);
    assertFetched(mirror, second);
    assertEquals(Optional.empty(), second.served().get(0).range());
  }

  @Test
  void theSecondMirrorResumesWhereAStalledOneStopped() throws Exception {
    second.with(NAME, CONTENT);
    assertFetched(mirror.with(NAME, CONTENT).stalling(), second);
    assertEquals(1, mirror.served().size());
    assertEquals(
        List.of(new Mirror.Served(NAME, Optional.of("bytes=500000-"), 206, SIZE / 2)),
        second.served());
    assertTrue(
        news.contains(new Failed(mirror.folder().resolve(NAME), "no byte within 1 s")),
        news.toString());
  }

  @Test
  void wrongContentEverywhereLeavesNothing() throws Exception {
    mirror.with(NAME, new byte[10]);
    second.with(NAME, Arrays.copyOf(CONTENT, SIZE - 1));
    UnavailableException e =
        assertThrows(UnavailableException.class, () -> fetcher.fetch(file(mirror, second), folder));
    assertEquals(2, e.getMessage().split("wrong content, MD5 ", -1).length - 1, e.getMessage());
    assertTrue(e.getMessage().contains(mirror.folder().toString()), e.getMessage());
    assertTrue(e.getMessage().contains(second.folder().toString()), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aMirrorThatDoesNotAnswerIsNamed() {
    URI gone = mirror.folder();
    mirror.close();
    RemoteFile file = new RemoteFile(NAME, List.of(gone), path -> Optional.empty());
    UnavailableException e =
        assertThrows(UnavailableException.class, () -> fetcher.fetch(file, folder));
    assertEquals(gone + NAME + ": no connection", e.getMessage());
  }

  @Test
  void stoppingKeepsWhatHasArrived() throws Exception {
    mirror.with(NAME, CONTENT).stalling();
    Fetcher[] stopped = new Fetcher[1];
    FetchListener stopper =
        event -> {
          if (event instanceof Advanced) {
            stopped[0].stop();
          }
        };
    stopped[0] = new Fetcher(stopper);
    assertThrows(FetchStoppedException.class, () -> stopped[0].fetch(file(mirror), folder));
    assertFalse(Files.exists(folder.resolve(NAME)));
    assertArrayEquals(
        Arrays.copyOf(CONTENT, SIZE / 2), Files.readAllBytes(folder.resolve(NAME + ".part")));
  }

  @Test
  void anAddressOfAnArchiveIsTheFilesOwn() {
    RemoteFile file =
        new RemoteFile(
            NAME,
            List.of(
                URI.create("https://host/other.tar.gz"),
                URI.create("https://host/folder"),
                URI.create("https://host/folder/")),
            path -> Optional.empty());
    assertEquals(
        List.of(
            URI.create("https://host/other.tar.gz"),
            URI.create("https://host/folder/" + NAME),
            URI.create("https://host/folder/" + NAME)),
        file.addresses());
  }

  private void assertFetched(Mirror... mirrors) throws Exception {
    assertEquals(folder.resolve(NAME), fetcher.fetch(file(mirrors), folder));
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve(NAME)));
    assertFalse(Files.exists(folder.resolve(NAME + ".part")));
  }

  private static RemoteFile file(Mirror... mirrors) throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
    return new RemoteFile(
        NAME, Stream.of(mirrors).map(Mirror::folder).toList(), ContentCheck.md5(md5));
  }
}
