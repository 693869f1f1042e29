package io.tombola.deploy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.data.fetch.FetchProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FetchDisplayTest {

  private static final URI FROM = URI.create("https://host/file.gz");
  private static final URI GONE = URI.create("https://gone/file.gz");

  private final StringWriter text = new StringWriter();

  @Test
  void printsALineAtTheStartAndTheEndWithoutATerminal() {
    show(false);
    assertEquals(
        """
        waiting for another process that downloads into cache
        fetching https://host/file.gz, resuming at 2.0 MB
        fetched https://host/file.gz, 8.0 MB
        """,
        text.toString());
  }

  @Test
  void rewritesAProgressLineOnATerminal() {
    show(true);
    assertEquals(
        """
        CLEARwaiting for another process that downloads into cache
        CLEARfetching https://host/file.gz, resuming at 2.0 MB
        CLEAR4.0 MB of 8.0 MB,  50 %CLEAR6.5 MBCLEARfetched https://host/file.gz, 8.0 MB
        """,
        text.toString().replace("\r\u001b[2K", "CLEAR"));
  }

  @Test
  void printsAFailedDownload() {
    FetchDisplay display = new FetchDisplay(new PrintWriter(text), false);
    display.on(new FetchProgress.Began(FROM, 0));
    display.on(new FetchProgress.Failed(FROM, "connection lost"));
    display.on(new FetchProgress.Ended(FROM, 4_542));
    assertEquals(
        """
        fetching https://host/file.gz
        not fetched: https://host/file.gz: connection lost
        fetched https://host/file.gz, 4.5 kB
        """,
        text.toString());
  }

  private void show(boolean live) {
    FetchDisplay display = new FetchDisplay(new PrintWriter(text), live);
    display.on(new FetchProgress.Waiting(Path.of("cache")));
    display.on(new FetchProgress.Failed(GONE, "HTTP 404"));
    display.on(new FetchProgress.Began(FROM, 2_000_000));
    display.on(new FetchProgress.Advanced(FROM, 4_000_000, OptionalLong.of(8_000_000)));
    display.on(new FetchProgress.Advanced(FROM, 6_500_000, OptionalLong.empty()));
    display.on(new FetchProgress.Ended(FROM, 8_000_000));
  }
}
